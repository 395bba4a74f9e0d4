/**
 * Runs before every page: sends a path without a locale to the reader's language (the cookie's, else Accept-Language's), and
 * gives each request a nonce, without which no script runs. Next.js reads the nonce off the request's own CSP header.
 * Takes the wish to start a run out of an address that another site led to.
 */
import { type NextRequest, NextResponse } from 'next/server'
import createMiddleware from 'next-intl/middleware'
import { withoutForeignStart } from './lib/http/start-wish.ts'
import { routing } from './lib/i18n/locales.ts'

const route = createMiddleware(routing)

const development = process.env.NODE_ENV === 'development'

/** React's development build evaluates code to rebuild stacks of the server, and its reload speaks over a web socket. */
const contentSecurityPolicy = (nonce: string): string =>
  [
    `default-src 'self'`,
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${development ? ` 'unsafe-eval'` : ''}`,
    `style-src 'self' 'unsafe-inline'`,
    `img-src 'self' https://image.tmdb.org data: blob:`,
    `font-src 'self'`,
    `worker-src 'self'`,
    `connect-src 'self'${development ? ' ws:' : ''}`,
    `object-src 'none'`,
    `base-uri 'none'`,
    `form-action 'self'`,
    `frame-ancestors 'none'`,
  ].join('; ')

export default function proxy(request: NextRequest): NextResponse {
  const harmless = withoutForeignStart(request.url, request.headers)
  if (harmless !== null) return NextResponse.redirect(harmless)
  const policy = contentSecurityPolicy(btoa(crypto.randomUUID()))
  request.headers.set('Content-Security-Policy', policy)
  const response = route(request)
  response.headers.set('Content-Security-Policy', policy)
  return response
}

/** Everything that is neither the API nor a file; a dot alone makes no file: '/en/a.b' is a page that says so. */
export const config = {
  matcher: '/((?!api/|_next/|(?:icon\\.svg|robots\\.txt|offline-(?:worker|pages)\\.js|og-(?:en|ru)\\.png)$).*)',
}
