/** The head of every page: home, the rooms, the language, the display. On a phone the rooms take a line of their own. */
import { useTranslations } from 'next-intl'
import { Link } from '../../lib/i18n/navigation.ts'
import { DisplayMenu } from './display-menu.tsx'
import type { Theme } from './display-settings.ts'
import { LanguageSwitch } from './language-switch.tsx'
import { SiteNav } from './site-nav.tsx'
import { Wordmark } from './wordmark.tsx'

export function SiteHeader({ theme, wall }: { theme: Theme; wall: boolean }) {
  const t = useTranslations('shell')
  return (
    <header className="border-b border-line print:hidden">
      <div className="page-width flex flex-wrap items-center justify-between gap-x-6 pt-2 sm:flex-nowrap sm:pb-2">
        <Link href="/" aria-label={t('home')} className="flex h-10 items-center rounded-sm">
          <Wordmark />
        </Link>
        <div className="order-last -mx-2.5 w-full sm:order-none sm:mx-0 sm:w-auto sm:flex-1">
          <SiteNav />
        </div>
        <div className="flex items-center gap-1">
          <LanguageSwitch />
          <DisplayMenu theme={theme} wall={wall} />
        </div>
      </div>
    </header>
  )
}
