/** The ways to coordinate that can be run, the mistakes that fit each, and who does what. Without zod: the browser names them, too. */
export const COORDINATION_SCENARIOS = ['condition', 'event', 'barrier', 'ping-pong'] as const
export type CoordinationScenario = (typeof COORDINATION_SCENARIOS)[number]

export const COORDINATION_BUGS = ['none', 'if-instead-of-while', 'signal-before-wait'] as const
export type CoordinationBug = (typeof COORDINATION_BUGS)[number]

export const ROLES = ['producer', 'consumer', 'announcer', 'listener', 'party', 'ping', 'pong'] as const
export type Role = (typeof ROLES)[number]

export const roleOf = (scenario: CoordinationScenario, index: number, threads: number): Role => {
  switch (scenario) {
    case 'condition':
      return index < producersOf(threads) ? 'producer' : 'consumer'
    case 'event':
      return index === 0 ? 'announcer' : 'listener'
    case 'barrier':
      return 'party'
    case 'ping-pong':
      return index % 2 === 0 ? 'ping' : 'pong'
  }
}

/** More consumers than producers, where there can be: then consumers wait, and a woken one can find that another was faster. */
export const producersOf = (threads: number): number => Math.max(1, Math.floor((threads - 1) / 2))

/** The volleys of a pair: shared out evenly, the first pairs have one more where it doesn't come out. */
export const volleysOf = (pair: number, pairs: number, items: number): number =>
  Math.floor(items / pairs) + (pair < items % pairs ? 1 : 0)

/** Why a mistake can't be made there; null where it can. */
export const whyNotPossible = (scenario: CoordinationScenario, bug: CoordinationBug): string | null => {
  if (bug === 'none' || scenario === 'condition') return null
  if (scenario === 'barrier') {
    return bug === 'if-instead-of-while'
      ? 'a barrier has no condition of ours to look at again: its wait ends when all have come'
      : 'a barrier has no signal that could come too early: who comes first is counted and waits'
  }
  if (scenario === 'ping-pong') {
    return bug === 'if-instead-of-while'
      ? 'a semaphore looks at its count again by itself: its wait ends with a permit'
      : 'a semaphore remembers: a release before anyone waits is a permit that the next one takes'
  }
  return bug === 'if-instead-of-while'
    ? 'an event has no condition besides itself to look at again; "signal-before-wait" (a pulse: set and cleared at once) is possible'
    : null
}
