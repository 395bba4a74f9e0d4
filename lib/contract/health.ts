/** What GET /api/health answers. */
import { z } from 'zod'

export const healthSchema = z.object({
  status: z.literal('ok'),
  version: z.string(),
  /** `url` is null while the embedded one has not started yet. */
  movieApi: z.object({ mode: z.enum(['embedded', 'tmdb', 'custom']), url: z.string().nullable() }),
  /** 'failing' when the runs can't be read. */
  database: z.enum(['ok', 'failing']),
  /** Runs that wait, without the one that is going. */
  queueLength: z.int().nonnegative(),
})
export type Health = z.infer<typeof healthSchema>
