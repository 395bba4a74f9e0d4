/**
 * Random numbers that a seed repeats exactly, on every machine and in the browser: shuffled rounds, simulated schedules and
 * simulated samples can all be reproduced from the seed that a run records.
 *
 * Generator: xoshiro128** 1.1 (D. Blackman, S. Vigna, "Scrambled linear pseudorandom number generators", ACM TOMS 47(4), 2021),
 * its state filled by SplitMix64, as its authors recommend. Not for secrets.
 */

export interface SeededRandom {
  /** The generator's next 32 bits, as an unsigned integer. */
  bits(): number
  /** In [0, 1), with 53 random bits. */
  uniform(): number
  /** An integer from 0 up to, but without, `below` (1 … 2^32); each equally likely. */
  integer(below: number): number
  normal(mean?: number, deviation?: number): number
  /** `median` × e^(`sigma` × standard normal); `sigma` is close to the coefficient of variation while it is small. */
  logNormal(median: number, sigma: number): number
  exponential(mean: number): number
  /** A new array in random order (Fisher–Yates); the one given stays as it is. */
  shuffle<T>(items: readonly T[]): T[]
}

/** The first `count` outputs of SplitMix64 from `seed`. */
export const splitMix64 = (seed: bigint, count: number): bigint[] => {
  const outputs: bigint[] = []
  let state = BigInt.asUintN(64, seed)
  for (let i = 0; i < count; i++) {
    state = BigInt.asUintN(64, state + 0x9e3779b97f4a7c15n)
    let z = state
    z = BigInt.asUintN(64, (z ^ (z >> 30n)) * 0xbf58476d1ce4e5b9n)
    z = BigInt.asUintN(64, (z ^ (z >> 27n)) * 0x94d049bb133111ebn)
    outputs.push(z ^ (z >> 31n))
  }
  return outputs
}

const rotateLeft = (x: number, k: number): number => (x << k) | (x >>> (32 - k))

/** The bare generator over a state of four 32-bit words that are not all zero. */
export const xoshiro128 = (s0: number, s1: number, s2: number, s3: number): (() => number) => {
  let [a, b, c, d] = [s0 | 0, s1 | 0, s2 | 0, s3 | 0]
  return () => {
    const result = Math.imul(rotateLeft(Math.imul(b, 5), 7), 9) >>> 0
    const t = b << 9
    c ^= a
    d ^= b
    b ^= c
    a ^= d
    c ^= t
    d = rotateLeft(d, 11)
    return result
  }
}

/** Any finite number is a seed; its whole part counts. */
export const createSeededRandom = (seed: number): SeededRandom => {
  const [first = 0n, second = 0n] = splitMix64(BigInt(Math.trunc(seed)), 2)
  const word = (from: bigint, shift: bigint) => Number((from >> shift) & 0xffffffffn)
  const bits = xoshiro128(word(first, 0n), word(first, 32n), word(second, 0n), word(second, 32n))

  const uniform = () => ((bits() >>> 5) * 67108864 + (bits() >>> 6)) / 9007199254740992

  const integer = (below: number) => {
    // Values of the incomplete last stretch are thrown away: a bare remainder would favour small results.
    const limit = 4294967296 - (4294967296 % below)
    let value = bits()
    while (value >= limit) value = bits()
    return value % below
  }

  let spare: number | null = null
  const standardNormal = () => {
    if (spare !== null) {
      const value = spare
      spare = null
      return value
    }
    // Marsaglia's polar method gives two independent values at a time.
    for (;;) {
      const u = 2 * uniform() - 1
      const v = 2 * uniform() - 1
      const s = u * u + v * v
      if (s > 0 && s < 1) {
        const factor = Math.sqrt((-2 * Math.log(s)) / s)
        spare = v * factor
        return u * factor
      }
    }
  }

  return {
    bits,
    uniform,
    integer,
    normal: (mean = 0, deviation = 1) => mean + deviation * standardNormal(),
    logNormal: (median, sigma) => median * Math.exp(sigma * standardNormal()),
    // 1 − u is in (0, 1], so the logarithm is finite.
    exponential: (mean) => -mean * Math.log(1 - uniform()),
    shuffle: (items) => {
      const shuffled = [...items]
      for (let i = shuffled.length - 1; i > 0; i--) {
        const j = integer(i + 1)
        const held = shuffled[i] as (typeof shuffled)[number]
        shuffled[i] = shuffled[j] as (typeof shuffled)[number]
        shuffled[j] = held
      }
      return shuffled
    },
  }
}
