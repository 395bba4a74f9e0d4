/** What every client component may count on: swr's settings, toasts, and a server that knows the reader's time zone. */
'use client'

import type { ReactNode } from 'react'
import { SWRConfig } from 'swr'
import { swrOptions } from '../../lib/client/swr-options.ts'
import { ToastProvider } from '../ui/toast.tsx'
import { TimeZoneKeeper } from './time-zone-keeper.tsx'

export function ClientProviders({ children }: { children: ReactNode }) {
  return (
    <SWRConfig value={swrOptions}>
      <TimeZoneKeeper />
      <ToastProvider>{children}</ToastProvider>
    </SWRConfig>
  )
}
