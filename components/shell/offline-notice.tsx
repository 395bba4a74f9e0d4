/** A line over the page while the browser has no connection; it goes away by itself. Pages opened then have one of their own. */
'use client'

import { useTranslations } from 'next-intl'
import { useSyncExternalStore } from 'react'
import { Icon } from '../ui/icon.tsx'
import { useOfflineWorker } from './use-offline-worker.ts'

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
  useOfflineWorker()
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
