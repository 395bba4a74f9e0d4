/** What came of one trial: the memory after it, against what it should hold. Pure. */
import type { RaceScenario } from '#lib/experiments/race-kinds.ts'
import { OPENING_BALANCE } from './bank.ts'
import type { ThreadTrial, TrialMemory } from './trial.ts'

export interface JudgedTrial {
  /** By the label of the outcome: how often it was observed. */
  counts: Record<string, number>
  /** Increments lost; money missing (less than 0: too much of it); objects built in vain; flags seen without data. */
  lost: number
}

export const judgeTrial = (
  scenario: RaceScenario,
  memory: TrialMemory,
  threads: readonly ThreadTrial[],
  iterations: number,
): JudgedTrial => {
  switch (scenario) {
    case 'counter':
      return judgeCounter(memory.words[0] ?? 0, threads.length, iterations)
    case 'bank':
      return judgeBank(memory.words, threads)
    case 'lazy-init':
      return judgeObjects(memory.built, threads.length, iterations)
    case 'message': {
      const early = threads.reduce((sum, thread) => sum + thread.early, 0)
      const read = (threads.length - 1) * iterations
      return { counts: { 'flag-and-data': read - early, 'flag-without-data': early }, lost: early }
    }
  }
}

const judgeCounter = (found: number, threads: number, iterations: number): JudgedTrial => {
  const lost = threads * iterations - found
  const label = lost === 0 ? 'all-counted' : found < iterations ? 'below-one-thread' : 'some-lost'
  return { counts: { [label]: 1 }, lost }
}

const judgeBank = (accounts: Int32Array, threads: readonly ThreadTrial[]): JudgedTrial => {
  const balances = Array.from(accounts)
  const lost = balances.length * OPENING_BALANCE - balances.reduce((sum, balance) => sum + balance, 0)
  const asTransferred = balances.every((balance, account) => {
    const changed = threads.reduce((sum, { changes }) => sum + (changes[account] ?? 0), 0)
    return balance === OPENING_BALANCE + changed
  })
  const wrongAudits = threads.reduce((sum, thread) => sum + thread.wrongAudits, 0)
  return { counts: { [bankLabel(lost, asTransferred, wrongAudits)]: 1 }, lost }
}

const bankLabel = (lost: number, asTransferred: boolean, wrongAudits: number): string => {
  if (lost > 0) return 'money-vanished'
  if (lost < 0) return 'money-appeared'
  if (!asTransferred) return 'wrong-accounts'
  return wrongAudits > 0 ? 'money-in-flight' : 'sum-kept'
}

const judgeObjects = (built: Uint8Array, threads: number, iterations: number): JudgedTrial => {
  const counts = { 'built-once': 0, 'built-twice': 0, 'built-more': 0 }
  let lost = 0
  for (let at = 0; at < iterations; at++) {
    let builders = 0
    for (let thread = 0; thread < threads; thread++) builders += built[thread * iterations + at] ?? 0
    lost += builders - 1
    counts[builders <= 1 ? 'built-once' : builders === 2 ? 'built-twice' : 'built-more']++
  }
  return { counts, lost }
}
