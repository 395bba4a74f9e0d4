/** The three rooms of the site, the present one marked. */
'use client'

import { useTranslations } from 'next-intl'
import { Link, usePathname } from '../../lib/i18n/navigation.ts'
import { classes } from '../ui/classes.ts'

const ROOMS = ['movies', 'labs', 'runs'] as const

export function SiteNav() {
  const t = useTranslations('shell')
  const path = usePathname()
  return (
    <nav aria-label={t('nav.label')}>
      <ul className="flex gap-1">
        {ROOMS.map((room) => {
          const here = path === `/${room}` || path.startsWith(`/${room}/`)
          return (
            <li key={room}>
              <Link
                href={`/${room}`}
                aria-current={here ? 'page' : undefined}
                className={classes(
                  'relative inline-flex h-10 items-center px-2.5 font-medium transition-colors hover:text-ink sm:px-3',
                  here
                    ? 'text-ink after:absolute after:inset-x-2.5 after:bottom-1 after:h-0.5 after:bg-accent sm:after:inset-x-3'
                    : 'text-muted',
                )}
              >
                {t(`nav.${room}`)}
              </Link>
            </li>
          )
        })}
      </ul>
    </nav>
  )
}
