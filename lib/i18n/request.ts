/** What next-intl asks for at each request: the locale of the path, its messages and the reader's time zone. */

import { cookies } from 'next/headers'
import { hasLocale } from 'next-intl'
import { getRequestConfig } from 'next-intl/server'
import { routing } from './locales.ts'
import { messagesOf } from './messages.ts'
import { TIME_ZONE_COOKIE, timeZoneOf } from './time-zone.ts'

export default getRequestConfig(async ({ requestLocale }) => {
  const requested = await requestLocale
  const locale = hasLocale(routing.locales, requested) ? requested : routing.defaultLocale
  const kept = await cookies()
  return { locale, messages: messagesOf(locale), timeZone: timeZoneOf(kept.get(TIME_ZONE_COOKIE)?.value) }
})
