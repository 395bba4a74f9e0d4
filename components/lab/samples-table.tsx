/** Every round that was measured, the warm-up marked. Long runs show the last rounds; the CSV has them all. */
'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import type { Sample } from '../../lib/contract/run-event.ts'
import type { RoundUnit } from '../charts/timeline/lane-names.ts'
import { columnDigits, useQuantity } from '../charts/use-quantity.ts'
import { Button } from '../ui/button.tsx'
import { type Column, Table } from '../ui/table.tsx'
import type { ExperimentWords } from './experiment-words.ts'

interface RoundRow {
  round: number
  byKey: Readonly<Record<string, number>>
}

const ROUNDS_SHOWN = 12
const ROUNDS_A_PRESS = 50

export interface SamplesTableProps {
  samples: readonly Sample[]
  /** The order of the columns, as the charts have it; what is not named follows. */
  order: readonly string[]
  words: ExperimentWords
  /** What one of its repetitions is called. */
  unit: RoundUnit
}

export function SamplesTable({ samples, order, words, unit }: SamplesTableProps) {
  const t = useTranslations('lab.samples')
  const quantity = useQuantity()
  const [shown, setShown] = useState(ROUNDS_SHOWN)
  const digits = columnDigits(samples.reduce((most, { elapsedMs }) => Math.max(most, elapsedMs), 0))
  const measured = new Set(samples.map((sample) => sample.key))
  const keys = [...new Set([...order.filter((key) => measured.has(key)), ...measured])]
  const rounds = new Map<number, Record<string, number>>()
  for (const { key, round, elapsedMs } of samples) rounds.set(round, { ...rounds.get(round), [key]: elapsedMs })
  const rows = [...rounds].map(([round, byKey]): RoundRow => ({ round, byKey })).sort((a, b) => a.round - b.round)
  const columns: Column<RoundRow>[] = [
    {
      id: 'round',
      header: t('round', { unit }),
      rowHeader: true,
      cell: ({ round }) => (round < 0 ? t('warmup') : quantity.number(round + 1)),
    },
    ...keys.map(
      (key): Column<RoundRow> => ({
        id: key,
        header: t('keyMs', { key: words.key(key) }),
        numeric: true,
        cell: ({ byKey }) => (byKey[key] === undefined ? '–' : quantity.timeNumber(byKey[key], 'millisecond', digits)),
      }),
    ),
  ]
  return (
    <div className="flex flex-col gap-3">
      <Table
        caption={t('title', { unit })}
        columns={columns}
        rows={rows.slice(0, shown)}
        rowKey={(row) => String(row.round)}
      />
      {rows.length > shown && (
        <Button size="sm" className="self-start" onClick={() => setShown(shown + ROUNDS_A_PRESS)}>
          {t('more', { unit, count: Math.min(ROUNDS_A_PRESS, rows.length - shown) })}
        </Button>
      )}
    </div>
  )
}
