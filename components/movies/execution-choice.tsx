/** How the search itself is carried out: by which strategy, and by how many workers. Takes effect at once. */
'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { ChoiceGroup } from '../ui/choice-group.tsx'
import { Slider } from '../ui/slider.tsx'
import { MOST_WORKERS, type MovieSearch, STRATEGY_CHOICES } from './search-address.ts'

export interface ExecutionChoiceProps {
  search: MovieSearch
  onChange: (search: MovieSearch) => void
}

export function ExecutionChoice({ search, onChange }: ExecutionChoiceProps) {
  const t = useTranslations('movies.execution')
  const alone = search.strategy === 'sequential'
  return (
    <div className="flex flex-col gap-5">
      <ChoiceGroup
        label={t('strategy')}
        value={search.strategy}
        onChange={(strategy) => onChange({ ...search, strategy })}
        choices={STRATEGY_CHOICES.map((value) => ({
          value,
          label: t(`strategies.${value}`),
          swatch: `var(--strategy-${value})`,
        }))}
        help={t(`means.${search.strategy}`)}
      />
      {!alone && (
        // Its own state per address: what is being dragged is asked for only when the hand rests.
        <WorkersSlider
          key={search.workers}
          workers={search.workers}
          label={search.strategy === 'async' ? t('inFlight') : t('workers')}
          onSettle={(workers) => onChange({ ...search, workers })}
        />
      )}
    </div>
  )
}

function WorkersSlider(props: { workers: number; label: string; onSettle: (workers: number) => void }) {
  const [dragged, setDragged] = useState(props.workers)
  const settle = (): void => {
    if (dragged !== props.workers) props.onSettle(dragged)
  }
  return (
    <Slider label={props.label} value={dragged} onChange={setDragged} onSettle={settle} min={1} max={MOST_WORKERS} />
  )
}
