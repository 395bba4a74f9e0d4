/** What every client component may count on: swr's settings and toasts. */
'use client'

import type { ReactNode } from 'react'
import { SWRConfig } from 'swr'
import { swrOptions } from '../../lib/client/swr-options.ts'
import { ToastProvider } from '../ui/toast.tsx'

export function ClientProviders({ children }: { children: ReactNode }) {
  return (
    <SWRConfig value={swrOptions}>
      <ToastProvider>{children}</ToastProvider>
    </SWRConfig>
  )
}
