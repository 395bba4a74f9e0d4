/**
 * Hands messages to client components: the few that every page needs, and the namespaces named. What only the server renders
 * stays out of the page. Providers don't merge, so an inner one carries the common ones again.
 */
import { NextIntlClientProvider } from 'next-intl'
import { getMessages } from 'next-intl/server'
import type { ReactNode } from 'react'
import type { Messages } from '../../lib/i18n/messages.ts'

const COMMON = ['ui', 'errors'] as const satisfies readonly (keyof Messages)[]

export async function ClientMessages({
  namespaces = [],
  children,
}: {
  namespaces?: readonly (keyof Messages)[]
  children: ReactNode
}) {
  const all = await getMessages()
  const wanted = new Set<string>([...COMMON, ...namespaces])
  const picked = Object.fromEntries(Object.entries(all).filter(([namespace]) => wanted.has(namespace)))
  return <NextIntlClientProvider messages={picked}>{children}</NextIntlClientProvider>
}
