/** Random pauses, so that threads meet in ever other ways: mostly none, often short, now and then longer than a spin. */

/** xorshift32 of G. Marsaglia (2003): a number below 1. */
export const createRandom = (seed: number): (() => number) => {
  let state = seed | 1
  return () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) / 2 ** 32
  }
}

export const pauseAtRandom = (random: () => number): void => {
  const drawn = random()
  const pauses = drawn < 0.7 ? 0 : drawn < 0.99 ? random() * 10 : random() * 500
  for (let i = 0; i < pauses; i++) Atomics.pause()
}
