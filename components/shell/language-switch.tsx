/** The same page in the other language, its query string included. A full load, so that <html lang> and all words change at once. */
'use client'

import { useSearchParams } from 'next/navigation'
import { useLocale, useTranslations } from 'next-intl'
import { LOCALES } from '../../lib/i18n/locales.ts'
import { usePathname } from '../../lib/i18n/navigation.ts'
import { classes } from '../ui/classes.ts'

export function LanguageSwitch() {
  const t = useTranslations('shell')
  const current = useLocale()
  const path = usePathname()
  const search = useSearchParams().toString()
  const rest = `${path === '/' ? '' : path}${search && `?${search}`}`
  return (
    <nav aria-label={t('language')} className="flex items-center text-sm">
      {LOCALES.map((locale) => (
        <a
          key={locale}
          href={`/${locale}${rest}`}
          lang={locale}
          hrefLang={locale}
          aria-current={locale === current ? 'true' : undefined}
          className={classes(
            'inline-flex h-10 items-center px-2 font-medium transition-colors',
            locale === current ? 'text-ink' : 'text-faint hover:text-ink',
          )}
        >
          {/* What is seen begins the name, so that it can be said to a voice control. */}
          {locale.toUpperCase()}
          <span className="sr-only"> {t(`languages.${locale}`)}</span>
        </a>
      ))}
    </nav>
  )
}
