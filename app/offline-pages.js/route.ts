/**
 * The offline page in each language, as a script that the service worker imports: the browser compares it whenever it looks for
 * a new worker, so a changed word arrives without a version number, and nothing needs to be cached.
 */
import { offlinePage } from '#components/shell/offline-page.ts'
import { LOCALES } from '#lib/i18n/locales.ts'
import { messagesOf } from '#lib/i18n/messages.ts'

export const dynamic = 'force-static'

export function GET(): Response {
  const pages = Object.fromEntries(
    LOCALES.map((locale) => {
      const { shell } = messagesOf(locale)
      return [locale, offlinePage(locale, { ...shell.offlinePage, home: shell.title })]
    }),
  )
  return new Response(`self.offlinePages = ${JSON.stringify(pages)}\n`, {
    headers: { 'content-type': 'text/javascript; charset=utf-8', 'cache-control': 'no-cache' },
  })
}
