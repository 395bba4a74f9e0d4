/** The result of a run from what its threads noted. Pure. */
import type { CoordinationParams, CoordinationResult, ThreadResult } from '#lib/experiments/coordination.ts'
import { type Role, roleOf } from '#lib/experiments/coordination-kinds.ts'
import { leastMs } from '#lib/experiments/coordination-model.ts'
import { histogramOf, logarithmicEdges } from '#lib/statistics/histogram.ts'
import { percentilesOf } from '#lib/statistics/percentiles.ts'
import type { ThreadAccount } from './thread-ledger.ts'

const BINS = 24
/** In µs; what is shorter stands in the first bin. */
const SHORTEST_US = 1

export const coordinationFigures = (
  params: CoordinationParams,
  accounts: readonly ThreadAccount[],
  elapsedMs: number,
  cores: number,
): Omit<CoordinationResult, 'findings'> => {
  const roles = accounts.map((_, index) => roleOf(params.scenario, index, params.threads))
  const total = (of: (account: ThreadAccount) => number): number => accounts.reduce((sum, one) => sum + of(one), 0)
  const damage = damageOf(params, accounts)
  return {
    consumed: consumedOf(params, accounts, damage.missing),
    spuriousWakeups: total(({ spurious }) => spurious),
    lostWakeups: total(({ lost }) => lost),
    damage,
    alreadyThere: total(({ already }) => already),
    elapsedMs,
    modelMs: leastMs(params, cores),
    perThread: accounts.map((account, index) => threadResult(account, index, roles[index] ?? 'party')),
    waitsFor: waitsForOf(accounts),
    wakeUpUs: percentilesOf(accounts.flatMap(({ wakeUpsUs }) => wakeUpsUs)),
    waitHistogram: histogramsOf(accounts, roles),
    cores,
  }
}

/** Items are numbered from 1 on; 0 was taken from a slot that never held one. */
const damageOf = (
  { scenario, items }: CoordinationParams,
  accounts: readonly ThreadAccount[],
): CoordinationResult['damage'] => {
  if (scenario !== 'condition') return { takenFromEmpty: 0, twice: 0, missing: 0 }
  const times = new Map<number, number>()
  for (const item of accounts.flatMap(({ taken }) => taken)) times.set(item, (times.get(item) ?? 0) + 1)
  times.delete(0)
  return {
    takenFromEmpty: accounts.reduce((sum, { takenFromEmpty }) => sum + takenFromEmpty, 0),
    twice: [...times.values()].filter((count) => count > 1).length,
    missing: items - times.size,
  }
}

const consumedOf = (
  { scenario, items }: CoordinationParams,
  accounts: readonly ThreadAccount[],
  missing: number,
): number => {
  switch (scenario) {
    case 'condition':
      return items - missing
    case 'ping-pong':
      return accounts.reduce((sum, { completed }, index) => sum + (index % 2 === 0 ? completed : 0), 0)
    default:
      return Math.min(...accounts.map(({ completed }) => completed))
  }
}

const threadResult = (account: ThreadAccount, index: number, role: Role): ThreadResult => {
  const { waitsUs, heldUs, workedUs, startUs, endUs, completed } = account
  const total = waitsUs.reduce((sum, us) => sum + us, 0)
  const percentiles = percentilesOf(waitsUs) ?? { p50: 0, p95: 0, p99: 0, max: 0 }
  return {
    ...{ thread: index + 1, role, completed, waits: waitsUs.length },
    ...{ waitUs: { ...percentiles, total }, holdUs: heldUs, workUs: workedUs },
    otherUs: Math.max(0, endUs - startUs - total - heldUs - workedUs),
  }
}

/** Less than this share of all the waiting is not worth an arrow. */
const LEAST_SHARE = 0.001

const waitsForOf = (accounts: readonly ThreadAccount[]): CoordinationResult['waitsFor'] => {
  const all = accounts.flatMap(({ waitedForUs }, waiter) =>
    waitedForUs.map((us, target) => ({ waiter: waiter + 1, for: target + 1, ms: us / 1000 })),
  )
  const whole = all.reduce((sum, { ms }) => sum + ms, 0)
  return all.filter(({ ms }) => ms > whole * LEAST_SHARE).sort((a, b) => b.ms - a.ms)
}

const histogramsOf = (
  accounts: readonly ThreadAccount[],
  roles: readonly Role[],
): CoordinationResult['waitHistogram'] => {
  const longest = Math.max(10 * SHORTEST_US, ...accounts.map(({ waitsUs }) => Math.max(0, ...waitsUs)))
  const edges = logarithmicEdges(SHORTEST_US, longest, BINS)
  return [...new Set(roles)].map((role) => ({
    role,
    bins: histogramOf(
      accounts.flatMap(({ waitsUs }, index) => (roles[index] === role ? waitsUs : [])),
      edges,
    ),
  }))
}
