/** Tells next-intl which locales and message keys exist, so that a wrong key fails the type check. */
import type { Locale } from './locales.ts'
import type { Messages } from './messages.ts'

declare module 'next-intl' {
  interface AppConfig {
    Locale: Locale
    Messages: Messages
  }
}
