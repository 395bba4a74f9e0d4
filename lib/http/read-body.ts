/**
 * Reads and checks the JSON body of a request. At most 64 kB are read, whatever Content-Length says or when it is missing;
 * the rest of a body that is too long is not waited for.
 */
import type { z } from 'zod'
import { fail, type Outcome, succeed } from '../contract/failure.ts'
import { parseInput } from '../contract/parse-input.ts'
import { parseJson } from '../contract/parse-json.ts'

export const MAX_BODY_BYTES = 64 * 1024

const isJson = (contentType: string | null): boolean =>
  /^application\/([\w.+-]+\+)?json\s*(;\s*charset="?utf-8"?\s*)?$/i.test(contentType?.trim() ?? '')

const tooLarge = (): Outcome<never> =>
  fail('body-too-large', `A body may have at most ${MAX_BODY_BYTES} bytes (64 kB).`)

const readText = async (request: Request): Promise<Outcome<string>> => {
  if (Number(request.headers.get('content-length') ?? 0) > MAX_BODY_BYTES) return tooLarge()
  if (request.body === null) return succeed('')
  const reader = request.body.getReader()
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let bytes = 0
  let text = ''
  try {
    for (;;) {
      const chunk = await reader.read().catch(() => null)
      // Only the connection can fail here: whoever was sending has left.
      if (chunk === null) return fail('malformed-request', 'The body ended before it was complete.')
      const { done, value } = chunk
      if (done) return succeed(text + decoder.decode())
      bytes += value.byteLength
      if (bytes > MAX_BODY_BYTES) {
        await reader.cancel()
        return tooLarge()
      }
      text += decoder.decode(value, { stream: true })
    }
  } catch (error) {
    if (error instanceof TypeError) return fail('malformed-json', 'The body is not UTF-8 text, or ended too early.')
    throw error
  }
}

/** The parsed body, or the failure to answer with: 415, 413, 400 or 422. */
export const readBody = async <Schema extends z.ZodType>(
  request: Request,
  schema: Schema,
): Promise<Outcome<z.output<Schema>>> => {
  if (!isJson(request.headers.get('content-type'))) {
    return fail('unsupported-media-type', 'Send the body as application/json in UTF-8.')
  }
  const encoding = request.headers.get('content-encoding')
  if (encoding !== null && !/^identity$/i.test(encoding.trim())) {
    return fail('unsupported-media-type', `Send the body uncompressed; got Content-Encoding ${encoding.slice(0, 40)}.`)
  }
  const text = await readText(request)
  if (!text.ok) return text
  const json = parseJson(text.value)
  return json.ok ? parseInput(json.value, schema) : json
}
