/** The document around every page: language, display settings, head and foot. Rendered per request, as the CSP's nonce needs. */
import type { Metadata } from 'next'
import { cookies, headers } from 'next/headers'
import { notFound } from 'next/navigation'
import { hasLocale } from 'next-intl'
import { getTranslations, setRequestLocale } from 'next-intl/server'
import { ClientMessages } from '#components/shell/client-messages.tsx'
import { ClientProviders } from '#components/shell/client-providers.tsx'
import { THEME_COOKIE, themeOf, WALL_COOKIE } from '#components/shell/display-settings.ts'
import { OfflineNotice } from '#components/shell/offline-notice.tsx'
import { SiteFooter } from '#components/shell/site-footer.tsx'
import { SiteHeader } from '#components/shell/site-header.tsx'
import { LOCALES, routing } from '#lib/i18n/locales.ts'
import { currentServer } from '#lib/runs/current-server.ts'
import { cyrillic, latin } from '../fonts.ts'
import '../globals.css'

interface LocaleParams {
  params: Promise<{ locale: string }>
}

export async function generateMetadata({ params }: LocaleParams): Promise<Metadata> {
  const { locale } = await params
  if (!hasLocale(routing.locales, locale)) return {}
  const t = await getTranslations({ locale, namespace: 'shell' })
  return {
    metadataBase: await addressOfThisServer(),
    title: { template: `%s · ${t('title')}`, default: `${t('title')}. ${t('tagline')}` },
    description: t('description'),
    applicationName: t('title'),
    openGraph: {
      siteName: t('title'),
      type: 'website',
      locale: locale === 'ru' ? 'ru_RU' : 'en_US',
      alternateLocale: LOCALES.filter((other) => other !== locale).map((other) => (other === 'ru' ? 'ru_RU' : 'en_US')),
      images: [{ url: `/og-${locale}.png`, width: 1200, height: 630, alt: t('tagline') }],
    },
    twitter: { card: 'summary_large_image' },
  }
}

/** Links in metadata must be absolute; the server doesn't know its name, the request does. */
async function addressOfThisServer(): Promise<URL | undefined> {
  const sent = await headers()
  const host = sent.get('host')
  const address = `${sent.get('x-forwarded-proto')?.split(',')[0] ?? 'http'}://${host}`
  return host && URL.canParse(address) ? new URL(address) : undefined
}

export default async function LocaleLayout({ children, params }: LocaleParams & { children: React.ReactNode }) {
  const { locale } = await params
  if (!hasLocale(routing.locales, locale)) notFound()
  setRequestLocale(locale)
  const t = await getTranslations({ locale, namespace: 'shell' })
  const kept = await cookies()
  const theme = themeOf(kept.get(THEME_COOKIE)?.value)
  const wall = kept.get(WALL_COOKIE)?.value === '1'
  return (
    <html
      lang={locale}
      data-theme={theme === 'system' ? undefined : theme}
      data-wall={wall ? '' : undefined}
      className={`${latin.variable} ${cyrillic.variable}`}
      // The display menu changes these attributes before a later render of the server may.
      suppressHydrationWarning
    >
      <body className="flex flex-col">
        <a
          href="#content"
          className="sr-only rounded-md bg-accent px-4 py-2 font-medium text-on-accent focus:not-sr-only focus:absolute focus:top-2 focus:left-2 focus:z-50"
        >
          {t('skip')}
        </a>
        <ClientMessages namespaces={['shell']}>
          <ClientProviders>
            <OfflineNotice />
            <SiteHeader theme={theme} wall={wall} />
            <main id="content" tabIndex={-1} className="page-width flex-1 outline-none">
              {children}
            </main>
            <SiteFooter movieApi={currentServer().settings.movieApi?.mode ?? 'embedded'} />
          </ClientProviders>
        </ClientMessages>
      </body>
    </html>
  )
}
