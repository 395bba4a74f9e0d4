/** The languages of Interleave, and how paths carry them: the locale is always the first segment. */
import { defineRouting } from 'next-intl/routing'

export const LOCALES = ['en', 'ru'] as const
export type Locale = (typeof LOCALES)[number]

const YEAR_SECONDS = 365 * 24 * 60 * 60

export const routing = defineRouting({
  locales: LOCALES,
  defaultLocale: 'en',
  localePrefix: 'always',
  localeCookie: { maxAge: YEAR_SECONDS },
})
