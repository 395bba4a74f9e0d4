/**
 * The Universal Scalability Law: throughput X(N) = γN / (1 + α(N − 1) + βN(N − 1)). α is contention, what waits for its turn; β is
 * coherency, what each has to tell every other, and what makes more workers slower than fewer. With β = 0 it is Amdahl's law.
 *
 * Sources: N. J. Gunther, "Guerrilla Capacity Planning" (2007), chapters 4–6; B. Schwartz, "Practical Scalability Analysis with
 * the Universal Scalability Law" (2015). Fitted as they do: least squares of the throughput, α and β not negative.
 */
import { type Estimate, estimateOf } from './estimate.ts'

export interface UslPoint {
  workers: number
  /** Throughput in any unit, or a speed-up. */
  throughput: number
}

export interface UslFit {
  alpha: number
  beta: number
  /** Throughput of one worker. */
  gamma: number
}

export const MINIMUM_USL_POINTS = 3

export const uslThroughput = ({ alpha, beta, gamma }: UslFit, workers: number): number =>
  (gamma * workers) / (1 + alpha * (workers - 1) + beta * workers * (workers - 1))

/** The number of workers with the highest throughput; ∞ where more never hurt. */
export const uslPeak = ({ alpha, beta }: UslFit): number =>
  beta > 0 ? Math.sqrt(Math.max(0, 1 - alpha) / beta) : Number.POSITIVE_INFINITY

type Name = keyof UslFit

/** Null below three different numbers of workers. */
export const fitUsl = (points: readonly UslPoint[]): UslFit | null => {
  if (new Set(points.map((point) => point.workers)).size < MINIMUM_USL_POINTS) return null
  const free = refine(points, startOf(points), ['alpha', 'beta', 'gamma'])
  if (free.alpha >= 0 && free.beta >= 0) return free
  // The best allowed fit lies on an edge: of those, the nearest to the points.
  const amdahl = { ...free, beta: 0, alpha: Math.max(0, free.alpha) }
  const coherency = { ...free, alpha: 0, beta: Math.max(0, free.beta) }
  const linear = refine(points, { alpha: 0, beta: 0, gamma: free.gamma }, ['gamma'])
  const candidates = [refine(points, amdahl, ['alpha', 'gamma']), refine(points, coherency, ['beta', 'gamma']), linear]
  return candidates
    .filter(({ alpha, beta }) => alpha >= 0 && beta >= 0)
    .reduce((best, one) => (squaresOf(points, one) < squaresOf(points, best) ? one : best), linear)
}

/** Each round's points fitted for themselves, and the intervals over the rounds; null where no round can be fitted. */
export const fitUslOverRounds = (
  rounds: readonly (readonly UslPoint[])[],
): { alpha: Estimate; beta: Estimate } | null => {
  const fits = rounds.map(fitUsl).filter((fit) => fit !== null)
  const alpha = estimateOf(fits.map((fit) => fit.alpha))
  const beta = estimateOf(fits.map((fit) => fit.beta))
  return alpha && beta && { alpha, beta }
}

const squaresOf = (points: readonly UslPoint[], fit: UslFit): number =>
  points.reduce((sum, { workers, throughput }) => sum + (throughput - uslThroughput(fit, workers)) ** 2, 0)

/** From the point with the fewest workers, scaling without loss: near enough for the refinement to find its way. */
const startOf = (points: readonly UslPoint[]): UslFit => {
  const first = points.reduce((fewest, point) => (point.workers < fewest.workers ? point : fewest))
  return { alpha: 0.01, beta: 0, gamma: first.throughput / first.workers }
}

/** Levenberg–Marquardt over the named parameters; the others stay as they are. */
const refine = (points: readonly UslPoint[], start: UslFit, names: readonly Name[]): UslFit => {
  let fit = start
  let squares = squaresOf(points, fit)
  let damping = 1e-3
  for (let step = 0; step < 500 && damping < 1e12; step++) {
    const normal = names.map(() => names.map(() => 0))
    const target = names.map(() => 0)
    for (const { workers, throughput } of points) {
      const gradient = gradientOf(fit, workers)
      const miss = throughput - uslThroughput(fit, workers)
      for (const [i, a] of names.entries()) {
        target[i] = (target[i] ?? 0) + gradient[a] * miss
        for (const [j, b] of names.entries()) {
          const row = normal[i]
          if (row) row[j] = (row[j] ?? 0) + gradient[a] * gradient[b]
        }
      }
    }
    const damped = normal.map((row, i) => row.map((value, j) => (i === j ? value * (1 + damping) : value)))
    const change = solve(damped, target)
    const next = { ...fit }
    for (const [i, name] of names.entries()) next[name] += change[i] ?? 0
    const nextSquares = squaresOf(points, next)
    if (nextSquares < squares) {
      const settled = squares - nextSquares <= 1e-15 * squares
      fit = next
      squares = nextSquares
      damping /= 10
      if (settled) break
    } else {
      damping *= 10
    }
  }
  return fit
}

const gradientOf = ({ alpha, beta, gamma }: UslFit, n: number): UslFit => {
  const divisor = 1 + alpha * (n - 1) + beta * n * (n - 1)
  return {
    alpha: (-gamma * n * (n - 1)) / divisor ** 2,
    beta: (-gamma * n * n * (n - 1)) / divisor ** 2,
    gamma: n / divisor,
  }
}

/** Gauss's elimination with the largest pivot; zeros where the equations say nothing. */
const solve = (matrix: readonly (readonly number[])[], target: readonly number[]): number[] => {
  const rows = matrix.map((row, i) => [...row, target[i] ?? 0])
  const size = rows.length
  for (let column = 0; column < size; column++) {
    let pivotAt = column
    for (let i = column + 1; i < size; i++) {
      if (Math.abs(rows[i]?.[column] ?? 0) > Math.abs(rows[pivotAt]?.[column] ?? 0)) pivotAt = i
    }
    const pivot = rows[pivotAt] ?? []
    rows[pivotAt] = rows[column] ?? []
    rows[column] = pivot
    const head = pivot[column] ?? 0
    if (head === 0) return target.map(() => 0)
    for (let i = 0; i < size; i++) {
      const row = rows[i]
      if (i === column || row === undefined) continue
      const factor = (row[column] ?? 0) / head
      for (let j = column; j <= size; j++) row[j] = (row[j] ?? 0) - factor * (pivot[j] ?? 0)
    }
  }
  return rows.map((row, i) => (row[size] ?? 0) / (row[i] ?? 1))
}
