/** Of what the time of contending threads is made, in the colours of the timeline. */
import type { ContendingThread } from '../../../lib/experiments/lock-contention-result.ts'

export const TIME_PARTS = [
  { key: 'waiting', colour: 'var(--span-wait)' },
  { key: 'holding', colour: 'var(--span-held)' },
  { key: 'outside', colour: 'var(--span-cpu)' },
] as const

type Part = (typeof TIME_PARTS)[number]['key']

/** Each part's share of the time of these threads together. */
export const timeShares = (
  threads: readonly Pick<ContendingThread, 'waitUs' | 'holdUs' | 'outsideUs'>[],
): Record<Part, number> => {
  const sum = (of: (thread: (typeof threads)[number]) => number): number =>
    threads.reduce((total, thread) => total + of(thread), 0)
  const times = {
    waiting: sum(({ waitUs }) => waitUs.total),
    holding: sum(({ holdUs }) => holdUs.total),
    outside: sum(({ outsideUs }) => outsideUs),
  }
  const whole = times.waiting + times.holding + times.outside || 1
  return { waiting: times.waiting / whole, holding: times.holding / whole, outside: times.outside / whole }
}
