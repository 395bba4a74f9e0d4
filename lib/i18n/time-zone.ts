/**
 * The reader's time zone, which only the browser knows and leaves in a cookie, so that the server writes times as the browser
 * will. Without one, or with one that this machine doesn't know, times are UTC and say so.
 */
export const TIME_ZONE_COOKIE = 'time-zone'
export const UTC = 'UTC'

export const timeZoneOf = (cookie: string | undefined): string => {
  if (!cookie) return UTC
  try {
    return new Intl.DateTimeFormat('en', { timeZone: decodeURIComponent(cookie) }).resolvedOptions().timeZone
  } catch {
    return UTC // no zone of that name, or not even an encoded name
  }
}
