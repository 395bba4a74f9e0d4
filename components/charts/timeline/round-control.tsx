/** Rounds are interleaved and so lie scattered over the clock: this looks at one of them, with the groups' starts lined up or as they were. */
'use client'

import { useTranslations } from 'next-intl'
import { useStore } from 'zustand'
import { IconButton } from '../../ui/icon-button.tsx'
import { roundsOf } from './group-clock.ts'
import type { RoundUnit } from './lane-names.ts'
import type { TimelineStore } from './timeline-store.ts'

export function RoundControl({ store, unit }: { store: TimelineStore; unit: RoundUnit }) {
  const t = useTranslations('timeline')
  const focus = useStore(store, (state) => state.focus)
  useStore(store, (state) => state.version)
  const rounds = roundsOf(store.index)
  const groups = store.index.groups.length
  const position = focus.round === null ? -1 : rounds.indexOf(focus.round)
  const go = (round: number | undefined): void => {
    if (round !== undefined) store.focusOn({ round, linedUp: focus.linedUp || (focus.round === null && groups > 1) })
  }
  const lineUp = (): void => {
    const first = rounds.find((round) => round >= 0) ?? null
    store.focusOn({ round: focus.round ?? (rounds.length > 1 ? first : null), linedUp: !focus.linedUp })
  }
  return (
    <div className="flex min-w-0 items-center gap-1">
      {rounds.length > 1 && (
        <>
          <IconButton
            size="sm"
            icon="chevron-left"
            label={t('previousRound', { unit })}
            disabled={position === 0}
            onClick={() => go(position < 0 ? rounds.at(-1) : rounds[position - 1])}
          />
          <select
            aria-label={t('round', { unit })}
            value={focus.round ?? 'all'}
            onChange={(event) =>
              event.target.value === 'all'
                ? store.focusOn({ round: null, linedUp: false })
                : go(Number(event.target.value))
            }
            className="h-8 min-w-0 rounded-md border border-line-strong bg-raised px-2 text-sm text-ink"
          >
            <option value="all">{t('allRounds', { unit })}</option>
            {rounds.map((round) => (
              <option key={round} value={round}>
                {round < 0 ? t('warmUpNumber', { number: -round }) : t('roundNumber', { unit, number: round + 1 })}
              </option>
            ))}
          </select>
          <IconButton
            size="sm"
            icon="chevron-right"
            label={t('nextRound', { unit })}
            disabled={position === rounds.length - 1}
            onClick={() => go(position < 0 ? rounds[0] : rounds[position + 1])}
          />
        </>
      )}
      {groups > 1 && (
        <button
          type="button"
          aria-pressed={focus.linedUp}
          title={t('lineUpHelp', { unit })}
          onClick={lineUp}
          className="inline-flex h-8 items-center rounded-md px-2 text-sm font-medium whitespace-nowrap text-muted hover:bg-hover hover:text-ink aria-pressed:bg-accent-soft aria-pressed:text-accent"
        >
          {t('lineUp')}
        </button>
      )}
    </div>
  )
}
