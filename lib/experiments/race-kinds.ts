/**
 * The races that can be run, what may guard them, and which outcomes each can have. Without zod: the browser names and counts
 * them, too. `why` is the English sentence that the API tells; the page has its own words, found by the label.
 */
export const RACE_SCENARIOS = ['counter', 'bank', 'lazy-init', 'message'] as const
export type RaceScenario = (typeof RACE_SCENARIOS)[number]

/** `chosen`: whoever starts the run says which lock guards which step of a transfer. */
export const RACE_GUARDS = ['none', 'mutex', 'atomic', 'lock-per-thread', 'write-only', 'chosen'] as const
export type RaceGuard = (typeof RACE_GUARDS)[number]

/** What can stand around one step of a transfer. `own`: the account's that is changed. `other`: that of the transfer's other account. */
export const STEP_LOCKS = ['none', 'global', 'own', 'other', 'thread'] as const
export type StepLock = (typeof STEP_LOCKS)[number]

export const EXPECTATIONS = ['acceptable', 'forbidden', 'interesting'] as const
export type Expectation = (typeof EXPECTATIONS)[number]

export interface OutcomeKind {
  label: string
  expect: Expectation
  why: string
}

/** What is counted in the outcome table: whole trials, or each object or message of every trial. */
export const OBSERVED: Record<RaceScenario, 'trials' | 'objects' | 'messages'> = {
  counter: 'trials',
  bank: 'trials',
  'lazy-init': 'objects',
  message: 'messages',
}

export const OUTCOME_KINDS: Record<RaceScenario, readonly OutcomeKind[]> = {
  counter: [
    { label: 'all-counted', expect: 'acceptable', why: 'Every increment is in the counter.' },
    {
      label: 'some-lost',
      expect: 'forbidden',
      why: 'Two threads read the same value and both wrote it back plus one: one increment is gone.',
    },
    {
      label: 'below-one-thread',
      expect: 'forbidden',
      why: 'Less than a single thread alone has added: a value read long ago was written over all that happened since.',
    },
  ],
  bank: [
    { label: 'sum-kept', expect: 'acceptable', why: 'Every account holds what its transfers come to.' },
    {
      label: 'money-in-flight',
      expect: 'interesting',
      why: 'Right in the end, but whoever added up the accounts meanwhile met money that had left one and not reached the other.',
    },
    {
      label: 'wrong-accounts',
      expect: 'forbidden',
      why: 'The sum is right by chance: what one account lost, another gained.',
    },
    { label: 'money-vanished', expect: 'forbidden', why: 'A deposit was overwritten: the sum is smaller than before.' },
    {
      label: 'money-appeared',
      expect: 'forbidden',
      why: 'A withdrawal was overwritten: the sum is larger than before.',
    },
  ],
  'lazy-init': [
    {
      label: 'built-once',
      expect: 'acceptable',
      why: 'One thread found nothing there and built it; the others found it.',
    },
    {
      label: 'built-twice',
      expect: 'forbidden',
      why: 'Two threads found nothing there before either had built it: two objects where there should be one.',
    },
    { label: 'built-more', expect: 'forbidden', why: 'Three or more threads came into the same gap.' },
  ],
  message: [
    { label: 'flag-and-data', expect: 'acceptable', why: 'Who saw the flag saw the data, too.' },
    {
      label: 'flag-without-data',
      expect: 'forbidden',
      why: 'The flag said that the data is there, and it was not: the flag was published first.',
    },
  ],
}

export interface RaceOutcome extends OutcomeKind {
  count: number
  /** Of all observations. */
  share: number
}

/** All outcomes that the scenario can have, also those that were not seen. */
export const outcomesOf = (scenario: RaceScenario, counts: Readonly<Record<string, number>>): RaceOutcome[] => {
  const kinds = OUTCOME_KINDS[scenario]
  const total = kinds.reduce((sum, { label }) => sum + (counts[label] ?? 0), 0)
  return kinds.map((kind) => {
    const count = counts[kind.label] ?? 0
    return { ...kind, count, share: total > 0 ? count / total : 0 }
  })
}

export const isForbidden = (scenario: RaceScenario, label: string): boolean =>
  OUTCOME_KINDS[scenario].some((kind) => kind.label === label && kind.expect === 'forbidden')
