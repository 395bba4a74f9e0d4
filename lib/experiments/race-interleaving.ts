/**
 * Finds the moment at which a traced trial went wrong: two threads that read the same value before either wrote, two that built the
 * same object, a flag seen without its data. What is found is proved by values and by moments that can't be otherwise: a
 * step happened somewhere between the clock readings around it. Pure.
 */
import type { RaceScenario } from './race-kinds.ts'

export const STEP_ACTIONS = ['read', 'write', 'add', 'check', 'build', 'flag', 'data', 'lock', 'unlock'] as const
export type StepAction = (typeof STEP_ACTIONS)[number]

export interface TracedStep {
  /** From 0. */
  thread: number
  action: StepAction
  /** Which account, object or message, from 0; of locks 0 is the common one, then come the threads' own, then the accounts'. */
  target: number
  value: number
  startUs: number
  endUs: number
}

export interface Interleaving {
  /** Whether something went wrong in it; else it is a moment at which two threads met. */
  broken: boolean
  /** In the order in which they ended. */
  steps: TracedStep[]
}

/** More can't be taken in. */
const MOST_STEPS = 14

interface Access {
  read: TracedStep
  write: TracedStep
}

export const findInterleaving = (
  scenario: RaceScenario,
  threads: readonly (readonly TracedStep[])[],
): Interleaving | null => {
  const all = threads.flat().sort((a, b) => a.endUs - b.endUs)
  const culprits =
    scenario === 'message'
      ? earlyFlag(all)
      : scenario === 'lazy-init'
        ? builtTwice(all)
        : lostUpdate(threads.flatMap((steps) => accessesOf(steps)))
  if (culprits !== null) return { broken: true, steps: around(all, culprits) }
  const met = meeting(all)
  return met === null ? null : { broken: false, steps: met }
}

/** A read with the same thread's next write of the same target. */
const accessesOf = (steps: readonly TracedStep[]): Access[] => {
  const open = new Map<number, TracedStep>()
  const accesses: Access[] = []
  for (const step of steps) {
    if (step.action === 'read') open.set(step.target, step)
    const read = open.get(step.target)
    if (step.action !== 'write' || read === undefined) continue
    accesses.push({ read, write: step })
    open.delete(step.target)
  }
  return accesses
}

/** Both have read, the same value, before either wrote. Of all such pairs the shortest, which is the easiest to follow. */
const lostUpdate = (accesses: Access[]): TracedStep[] | null => {
  const byRead = accesses.sort((a, b) => a.read.endUs - b.read.endUs)
  let shortest: { first: Access; second: Access; us: number } | null = null
  let open: Access[] = []
  for (const second of byRead) {
    open = open.filter(({ write }) => write.startUs >= second.read.endUs)
    for (const first of open) {
      if (first.read.thread === second.read.thread || first.read.target !== second.read.target) continue
      if (first.read.value !== second.read.value) continue
      const us = Math.max(first.write.endUs, second.write.endUs) - Math.min(first.read.startUs, second.read.startUs)
      if (shortest === null || us < shortest.us) shortest = { first, second, us }
    }
    open.push(second)
  }
  return shortest && [shortest.first.read, shortest.first.write, shortest.second.read, shortest.second.write]
}

const builtTwice = (all: readonly TracedStep[]): TracedStep[] | null => {
  const builder = new Map<number, TracedStep>()
  for (const step of all) {
    if (step.action !== 'build') continue
    const before = builder.get(step.target)
    if (before !== undefined) return [...checksOf(all, [before, step]), before, step]
    builder.set(step.target, step)
  }
  return null
}

const checksOf = (all: readonly TracedStep[], builds: readonly TracedStep[]): TracedStep[] =>
  all.filter(
    ({ action, target, thread }) =>
      action === 'check' && builds.some((build) => build.target === target && build.thread === thread),
  )

/** Where possible one whose flag was up for sure before the read began: else the clock readings around the two overlap. */
const earlyFlag = (all: readonly TracedStep[]): TracedStep[] | null => {
  const reads = all.filter(({ action, value }) => action === 'read' && value === 0)
  const publishing = (read: TracedStep): TracedStep[] =>
    all.filter(({ action, target }) => (action === 'flag' || action === 'data') && target === read.target)
  const read =
    reads.find((one) => publishing(one).some(({ action, endUs }) => action === 'flag' && endUs <= one.startUs)) ??
    reads[0]
  return read === undefined ? null : [...publishing(read), read]
}

/** The culprits with the lock steps of their threads around them, which show that a lock was there and did not help. */
const around = (all: readonly TracedStep[], culprits: readonly TracedStep[]): TracedStep[] => {
  const shown = new Set(culprits)
  for (const thread of new Set(culprits.map((step) => step.thread))) {
    const own = all.filter((step) => step.thread === thread)
    const places = culprits.filter((step) => step.thread === thread).map((step) => own.indexOf(step))
    const [first, last] = [Math.min(...places), Math.max(...places)]
    const before = own.slice(0, first).findLast(isLockStep)
    const after = own.slice(last + 1).find(isLockStep)
    // Given back before, or taken only afterwards, it has nothing to do with them.
    const locks = [
      ...(before?.action === 'lock' ? [before] : []),
      ...own.slice(first, last).filter(isLockStep),
      ...(after?.action === 'unlock' ? [after] : []),
    ]
    if (shown.size + locks.length <= MOST_STEPS) for (const step of locks) shown.add(step)
  }
  return all.filter((step) => shown.has(step))
}

const isLockStep = ({ action }: TracedStep): boolean => action === 'lock' || action === 'unlock'

/** Where one thread's turn ends and another's begins, with a few steps on both sides. */
const meeting = (all: readonly TracedStep[]): TracedStep[] | null => {
  const half = MOST_STEPS / 2 - 2
  for (let at = half; at < all.length - half; at++) {
    const [before, after] = [all[at - 1], all[at]]
    if (before === undefined || after === undefined || before.thread === after.thread) continue
    if (after.startUs > before.startUs + MEETING_US) continue
    const two = new Set([before.thread, after.thread])
    return all.slice(at - half, at + half).filter(({ thread }) => two.has(thread))
  }
  return null
}

/** Further apart, they didn't meet: one was not running. */
const MEETING_US = 20
