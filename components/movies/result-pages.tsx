/** Links to the pages of a result: the neighbours, the ends, and what lies around the present one. */
'use client'

import { useFormatter, useTranslations } from 'next-intl'
import { Link } from '../../lib/i18n/navigation.ts'
import { buttonClasses } from '../ui/button.tsx'
import { Icon } from '../ui/icon.tsx'
import { type MovieSearch, searchAddress } from './search-address.ts'

/** null stands for pages left out. */
export const pagesAround = (page: number, last: number): (number | null)[] => {
  const near = [1, page - 1, page, page + 1, last].filter((one) => one >= 1 && one <= last)
  const shown = [...new Set(near)].sort((a, b) => a - b)
  return shown.flatMap((one, index) => {
    const gap = one - (shown[index - 1] ?? one)
    // A gap of one page takes as much room as its number.
    if (gap === 2) return [one - 1, one]
    return gap > 2 ? [null, one] : [one]
  })
}

export function ResultPages({ search, last }: { search: MovieSearch; last: number }) {
  const t = useTranslations('movies.pages')
  const format = useFormatter()
  if (last <= 1) return null
  const to = (page: number): string => searchAddress({ ...search, page })
  return (
    <nav aria-label={t('label')} className="flex flex-wrap items-center justify-center gap-1">
      {search.page > 1 && (
        <Link href={to(search.page - 1)} rel="prev" className={buttonClasses('quiet', 'md', 'px-2.5')}>
          <Icon name="chevron-left" label={t('previous')} />
        </Link>
      )}
      {pagesAround(search.page, last).map((page, index) =>
        page === null ? (
          <span key={index === 1 ? 'before' : 'after'} className="px-1 text-faint">
            …
          </span>
        ) : (
          <Link
            key={page}
            href={to(page)}
            aria-current={page === search.page ? 'page' : undefined}
            aria-label={t('page', { page })}
            className={buttonClasses(page === search.page ? 'secondary' : 'quiet', 'md', 'figures min-w-10 px-2.5')}
          >
            {format.number(page)}
          </Link>
        ),
      )}
      {search.page < last && (
        <Link href={to(search.page + 1)} rel="next" className={buttonClasses('quiet', 'md', 'px-2.5')}>
          <Icon name="chevron-right" label={t('next')} />
        </Link>
      )}
    </nav>
  )
}
