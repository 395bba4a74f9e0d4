/** What the embedded movie API tells the process that forked it: where it listens, or why it doesn't. It ends when that process is gone. */
import { z } from 'zod'

export const movieApiMessageSchema = z.discriminatedUnion('type', [
  /** `url` is a base URL of TMDB v3, path included: 'http://127.0.0.1:40123/3'. */
  z.object({ type: z.literal('ready'), url: z.url() }),
  z.object({ type: z.literal('failed'), message: z.string() }),
])
export type MovieApiMessage = z.infer<typeof movieApiMessageSchema>
