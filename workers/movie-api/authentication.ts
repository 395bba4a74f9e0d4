/**
 * Who may ask: whoever brings a key, as TMDB takes it, in `api_key` or as a bearer token. There is nothing to protect, so
 * every key will do, except the one agreed to be wrong.
 */
import type { IncomingMessage } from 'node:http'

/** Refused as the real service refuses a wrong key, so that this can be tried. */
export const REFUSED_KEY = 'invalid'

export const hasValidKey = (request: IncomingMessage, params: URLSearchParams): boolean => {
  const bearer = /^Bearer +(.+)$/i.exec(request.headers.authorization ?? '')?.[1]
  const key = (params.get('api_key') || bearer || '').trim()
  return key !== '' && key !== REFUSED_KEY
}
