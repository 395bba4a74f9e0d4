/** What a pair decides in place of its set-ups: the rounds are its own, so each of them is executed once a round, after a warm-up. */

const ONCE = { rounds: 1, warmup: 1, sweep: null }

/** @param names all parameters of the experiment; where there are no rounds, what is called warm-up is something else */
export const onceOf = (names: readonly string[]): Record<string, number | null> =>
  Object.fromEntries(
    Object.entries(ONCE).filter(([name]) => names.includes(name) && (name !== 'warmup' || names.includes('rounds'))),
  )
