/**
 * Refuses requests that change something when another site's page sent them. Browsers say so themselves (Sec-Fetch-Site);
 * older ones send Origin; a program that is no browser sends neither and may pass, since it carries nobody's cookies.
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

export const refuseCrossSite = (request: Request): Failure | null =>
  SAFE_METHODS.has(request.method) || sameOrigin(request.headers)
    ? null
    : { code: 'cross-site', detail: `${request.method} is accepted only from Interleave's own pages.` }
