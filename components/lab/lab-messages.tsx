/** Hands the words of labs and runs to client components; of all experiments only those that the page shows. */
import { NextIntlClientProvider } from 'next-intl'
import { getMessages } from 'next-intl/server'
import type { ReactNode } from 'react'

const NAMESPACES = [
  'ui',
  'errors',
  'comparison',
  'lab',
  'runs',
  'charts',
  'units',
  'progress',
  'strategies',
  'timeline',
  'spans',
  'movies',
] as const

export async function LabMessages({ experiments, children }: { experiments: readonly string[]; children: ReactNode }) {
  const all = await getMessages()
  const wanted = new Set<string>(NAMESPACES)
  const picked = Object.fromEntries(Object.entries(all).filter(([namespace]) => wanted.has(namespace)))
  const words = Object.fromEntries(Object.entries(all.experiments).filter(([id]) => experiments.includes(id)))
  return <NextIntlClientProvider messages={{ ...picked, experiments: words }}>{children}</NextIntlClientProvider>
}
