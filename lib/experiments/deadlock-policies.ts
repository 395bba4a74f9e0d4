/**
 * What the threads of `deadlock` meet over, what is done against it, and which of the four conditions of a deadlock each remedy
 * takes away. Without zod: the browser shows the table.
 *
 * Source: E. G. Coffman, M. J. Elphick, A. Shoshani, "System Deadlocks", ACM Computing Surveys 3(2), 1971: all four together are
 * necessary, so taking away one is enough.
 */

export const SCENARIOS = ['two-lists', 'philosophers', 'self'] as const
export type Scenario = (typeof SCENARIOS)[number]

export const POLICIES = ['none', 'ordered', 'timeout', 'detect', 'one-lock', 'reentrant'] as const
export type Policy = (typeof POLICIES)[number]

export const CONDITIONS = ['mutualExclusion', 'holdAndWait', 'noPreemption', 'circularWait'] as const
export type Condition = (typeof CONDITIONS)[number]
export type Coffman = Record<Condition, boolean>

const BROKEN_BY: Readonly<Record<Policy, Condition | null>> = {
  none: null,
  // Who waits holds only locks that come earlier in the order: a circle would have to lead back down.
  ordered: 'circularWait',
  // Who waited too long gives back what it holds.
  timeout: 'noPreemption',
  // The watchdog takes from its victim what it holds.
  detect: 'noPreemption',
  // Who waits for the only lock holds nothing yet.
  'one-lock': 'holdAndWait',
  // An owner never waits for itself: the shortest of all circles can't close.
  reentrant: 'circularWait',
}

export const brokenBy = (policy: Policy): Condition | null => BROKEN_BY[policy]

/** true: this condition holds under the policy. */
export const coffmanOf = (policy: Policy): Coffman => {
  const broken = brokenBy(policy)
  return {
    mutualExclusion: broken !== 'mutualExclusion',
    holdAndWait: broken !== 'holdAndWait',
    noPreemption: broken !== 'noPreemption',
    circularWait: broken !== 'circularWait',
  }
}

/** The locks that a thread takes, in this order; `second` is null where one is enough. */
export interface LockPlan {
  first: number
  second: number | null
  /** What stands for its own list or left fork: what needs it is done once it is held. */
  own: number
}

export const locksOf = (scenario: Scenario, policy: Policy, participants: number): number =>
  scenario === 'self' || policy === 'one-lock' ? 1 : participants

/** Each its own first and then its neighbour's, in a ring; in the global order the lower number first. */
export const planOf = (scenario: Scenario, policy: Policy, participants: number, thread: number): LockPlan => {
  if (scenario === 'self') return { first: 0, second: 0, own: 0 }
  if (policy === 'one-lock') return { first: 0, second: null, own: 0 }
  const neighbour = (thread + 1) % participants
  return policy === 'ordered'
    ? { first: Math.min(thread, neighbour), second: Math.max(thread, neighbour), own: thread }
    : { first: thread, second: neighbour, own: thread }
}
