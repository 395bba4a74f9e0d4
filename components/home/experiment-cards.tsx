/** Every experiment by the question it answers; what was last measured stands in `miniatures`, by experiment. */
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { Link } from '../../lib/i18n/navigation.ts'
import { type ExperimentWords, experimentWords } from '../lab/experiment-words.ts'
import { Icon } from '../ui/icon.tsx'

export interface ExperimentCardsProps {
  ids: readonly string[]
  miniatures?: Readonly<Record<string, ReactNode>>
  /** Of the cards' headings, so that headings keep their order on the page. */
  level?: 2 | 3
}

export function ExperimentCards({ ids, miniatures = {}, level = 3 }: ExperimentCardsProps) {
  const t = useTranslations()
  const Heading = `h${level}` as const
  const words = (id: string): ExperimentWords => experimentWords(t, id)
  return (
    <ul className="grid grid-cols-[repeat(auto-fill,minmax(min(20rem,100%),1fr))] gap-5">
      {ids.map((id) => (
        <li
          key={id}
          className="group relative flex flex-col gap-4 rounded-lg border border-line bg-raised p-6 transition-colors hover:border-line-strong"
        >
          <div className="flex items-start justify-between gap-4">
            <Heading className="text-sm font-medium tracking-normal text-faint">
              <Link
                href={`/labs/${id}`}
                className="after:absolute after:inset-0 after:rounded-lg focus-visible:outline-none focus-visible:after:outline-2"
              >
                {words(id).name}
              </Link>
            </Heading>
            <span className="text-faint transition-transform group-hover:text-ink motion-safe:group-hover:translate-x-0.5">
              <Icon name="arrow-right" />
            </span>
          </div>
          <p className="text-xl font-medium tracking-tight text-balance">{words(id).question}</p>
          {miniatures[id] && <div className="mt-auto pt-2">{miniatures[id]}</div>}
        </li>
      ))}
    </ul>
  )
}
