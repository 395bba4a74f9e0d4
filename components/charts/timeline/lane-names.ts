/**
 * What lanes, groups, counters and spans are called in the reader's language. A lane's words come from its kind and index and
 * a span's from its label, because the `name` of both is English and for exports.
 */
'use client'

import { useTranslations } from 'next-intl'
import { useCallback, useMemo } from 'react'
import type { Lane } from '#lib/contract/trace.ts'
import { useSpanName } from '../use-span-name.ts'

export interface LaneNames {
  lane(lane: Lane): string
  group(key: string): string
  counter(name: string): string
  span(name: string): string
  /** What the experiment calls one of its repetitions. */
  unit: RoundUnit
}

/** A value of the messages' choice. */
export type RoundUnit = 'round' | 'trial'

const isStrategy = (key: string): key is 'sequential' | 'async' | 'threads' | 'processes' =>
  key === 'sequential' || key === 'async' || key === 'threads' || key === 'processes'

export function useLaneNames(
  groupLabel: ((key: string) => string) | undefined,
  counterLabel: ((name: string) => string) | undefined,
  unit: RoundUnit,
): LaneNames {
  const t = useTranslations('timeline')
  const group = useCallback(
    (key: string) => {
      if (groupLabel !== undefined) return groupLabel(key)
      if (isStrategy(key)) return t(`groups.${key}`)
      return key === '' ? t('groups.run') : key
    },
    [t, groupLabel],
  )
  const span = useSpanName()
  return useMemo(
    () => ({
      lane: (lane: Lane) => t(`lanes.${lane.kind}`, { index: lane.index }),
      group,
      counter: (name: string) => {
        if (counterLabel !== undefined) return counterLabel(name)
        return t.has(`counters.${name}` as 'counters.queue-depth')
          ? t(`counters.${name}` as 'counters.queue-depth')
          : name
      },
      span,
      unit,
    }),
    [t, group, counterLabel, span, unit],
  )
}
