/** What a status other than 200 means, with the reason that the API gave in either of TMDB's error bodies. */
import type { ApiFailure, MovieFailureCode } from './fetched.ts'
import { tmdbErrorSchema } from './tmdb-schemas.ts'

const codeOf = (status: number): MovieFailureCode => {
  if (status === 401 || status === 403) return 'unauthorized'
  if (status === 404) return 'not-found'
  if (status === 429) return 'rate-limited'
  return status >= 500 ? 'unavailable' : 'invalid-response'
}

const MAX_REASON = 200

const reasonOf = (body: string): string => {
  try {
    const parsed = tmdbErrorSchema.safeParse(JSON.parse(body))
    if (!parsed.success) return ''
    return (parsed.data.status_message ?? parsed.data.errors?.join('; ') ?? '').slice(0, MAX_REASON)
  } catch {
    return '' // An error page needs no reason: the status says enough.
  }
}

export const statusFailure = (status: number, body: string, where: string): ApiFailure => {
  const reason = reasonOf(body)
  return { code: codeOf(status), message: `${where}: answered ${status}${reason === '' ? '' : `, ${reason}`}` }
}
