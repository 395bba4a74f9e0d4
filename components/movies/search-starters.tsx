/** Words to begin with, for who comes without one. */
'use client'

import { useTranslations } from 'next-intl'
import { Link } from '../../lib/i18n/navigation.ts'
import { buttonClasses } from '../ui/button.tsx'
import { DEFAULT_SEARCH, searchAddress } from './search-address.ts'

const STARTERS = ['star', 'love', 'night', 'king', 'american', 'dead', 'the lord of the rings', 'godfather']

export function SearchStarters() {
  const t = useTranslations('movies.search')
  return (
    <section className="flex flex-col gap-3">
      <h2 className="text-base font-medium text-muted">{t('starters')}</h2>
      <ul className="flex flex-wrap gap-2">
        {STARTERS.map((query) => (
          <li key={query}>
            <Link
              href={searchAddress({ ...DEFAULT_SEARCH, query })}
              lang="en"
              className={buttonClasses('secondary', 'md')}
            >
              {query}
            </Link>
          </li>
        ))}
      </ul>
    </section>
  )
}
