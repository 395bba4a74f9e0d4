/** Leaves the browser's time zone in a cookie, so that the server's next page is written in it. Shows nothing. */
'use client'

import { useTimeZone } from 'next-intl'
import { useEffect } from 'react'
import { TIME_ZONE_COOKIE } from '../../lib/i18n/time-zone.ts'
import { zoneOfBrowser } from '../ui/time.tsx'
import { keepSetting } from './keep-setting.ts'

export function TimeZoneKeeper() {
  const known = useTimeZone()
  useEffect(() => {
    const zone = zoneOfBrowser()
    if (zone !== known) keepSetting(TIME_ZONE_COOKIE, encodeURIComponent(zone))
  }, [known])
  return null
}
