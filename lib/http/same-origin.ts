/**
 * Refuses requests that change something when another site's page sent them. Browsers say so themselves (Sec-Fetch-Site);
 * older ones send Origin; a program that is no browser sends neither and may pass, since it carries nobody's cookies.
 * Where the server is this machine's alone, so are the names it goes by: a site whose name is made to lead here is refused.
 */
import type { Failure } from '../contract/failure.ts'

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS'])

const sameOrigin = (headers: Headers): boolean => {
  const site = headers.get('sec-fetch-site')
  if (site !== null) return site === 'same-origin' || site === 'none'
  const origin = headers.get('origin')
  if (origin === null) return true
  // 'null' is what sandboxed frames and redirects send: nobody's page, so not ours.
  return URL.canParse(origin) && new URL(origin).host === headers.get('host')
}

const isLoopback = (host: string): boolean => /^(localhost|127(\.\d+){3}|\[?::1\]?)$/i.test(host)

/** Every browser names the host; what names none is a program. */
const ownName = (headers: Headers): boolean => {
  const host = headers.get('host')
  if (host === null) return true
  return URL.canParse(`http://${host}`) && isLoopback(new URL(`http://${host}`).hostname)
}

/** `boundTo` is the address that the server listens at. */
export const refuseCrossSite = (request: Request, boundTo = process.env.HOST || '127.0.0.1'): Failure | null => {
  if (SAFE_METHODS.has(request.method)) return null
  if (isLoopback(boundTo) && !ownName(request.headers)) {
    return { code: 'cross-site', detail: 'Accepted are the names of this machine: localhost, 127.0.0.1 and [::1].' }
  }
  return sameOrigin(request.headers)
    ? null
    : { code: 'cross-site', detail: `${request.method} is accepted only from Interleave's own pages.` }
}
