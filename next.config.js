/**
 * Configuration of the Next.js process: which files it may trace, and the headers that never vary.
 * Headers that vary per request (the CSP with its nonce) are set in proxy.ts.
 */
import createNextIntlPlugin from 'next-intl/plugin'

const withNextIntl = createNextIntlPlugin('./lib/i18n/request.ts')

/** @type {import('next').NextConfig} */
const config = {
  poweredByHeader: false,
  reactStrictMode: true,
  images: { unoptimized: true }, // nothing asks for it, and its address answers 500 to what it can't fetch
  serverExternalPackages: ['undici'],
  typescript: { ignoreBuildErrors: true }, // `npm run typecheck` is the one type check; building twice as slowly finds nothing more
  headers: async () => [
    {
      source: '/:path*',
      headers: [
        { key: 'X-Content-Type-Options', value: 'nosniff' },
        { key: 'X-Frame-Options', value: 'DENY' },
        { key: 'Referrer-Policy', value: 'strict-origin-when-cross-origin' },
        { key: 'Permissions-Policy', value: 'camera=(), geolocation=(), microphone=()' },
      ],
    },
  ],
}

export default withNextIntl(config)
