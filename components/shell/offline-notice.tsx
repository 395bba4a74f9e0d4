/** A line over the page while the browser has no connection; it goes away by itself. */
'use client'

import { useTranslations } from 'next-intl'
import { useSyncExternalStore } from 'react'
import { Icon } from '../ui/icon.tsx'

const subscribe = (changed: () => void): (() => void) => {
  window.addEventListener('online', changed)
  window.addEventListener('offline', changed)
  return () => {
    window.removeEventListener('online', changed)
    window.removeEventListener('offline', changed)
  }
}

export function OfflineNotice() {
  const t = useTranslations('shell')
  const online = useSyncExternalStore(
    subscribe,
    () => navigator.onLine,
    () => true,
  )
  return (
    <div role="status">
      {!online && (
        <p className="flex items-center justify-center gap-2 bg-caution-soft px-4 py-2 text-sm">
          <Icon name="offline" />
          {t('offline')}
        </p>
      )}
    </div>
  )
}
