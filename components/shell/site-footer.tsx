/** The foot of every page: what is real and what is emulated, and whose data is shown. */
import { useTranslations } from 'next-intl'
import { TmdbLogo } from './tmdb-logo.tsx'

export function SiteFooter({ movieApi }: { movieApi: 'embedded' | 'tmdb' | 'custom' }) {
  const t = useTranslations('shell.footer')
  return (
    <footer className="mt-24 border-t border-line print:hidden">
      <div className="page-width grid gap-x-12 gap-y-4 py-8 text-sm text-muted sm:grid-cols-2">
        <p className="max-w-prose">{t('real')}</p>
        <div className="flex max-w-prose flex-col gap-2">
          {movieApi === 'embedded' && (
            <p>
              {t.rich('embedded', {
                link: (words) => (
                  <a
                    href="https://github.com/vega/vega-datasets"
                    className="underline underline-offset-2 hover:text-ink"
                  >
                    {words}
                  </a>
                ),
              })}
            </p>
          )}
          {movieApi === 'tmdb' && (
            <p className="flex items-start gap-3">
              <a href="https://www.themoviedb.org/" className="shrink-0 rounded-sm hover:text-ink">
                <TmdbLogo className="size-10" />
              </a>
              {/* The wording is TMDB's condition of use, so it stays in English. */}
              <span lang="en">
                This product uses TMDB and the TMDB APIs but is not endorsed, certified, or otherwise approved by TMDB.
              </span>
            </p>
          )}
          {movieApi === 'custom' && <p>{t('custom')}</p>}
        </div>
      </div>
    </footer>
  )
}
