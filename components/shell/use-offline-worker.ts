/** Has the browser keep the offline page, in production and after everything that the page itself needs. */
'use client'

import { useEffect } from 'react'

const WORKER = '/offline-worker.js'

export function useOfflineWorker(): void {
  useEffect(() => {
    if (process.env.NODE_ENV !== 'production' || !('serviceWorker' in navigator)) return
    const register = (): void => {
      // Not served securely, or switched off by the reader: then the browser's own page says that there is no connection.
      navigator.serviceWorker.register(WORKER, { updateViaCache: 'none' }).catch(() => undefined)
    }
    if (document.readyState === 'complete') register()
    else window.addEventListener('load', register, { once: true })
    return () => window.removeEventListener('load', register)
  }, [])
}
