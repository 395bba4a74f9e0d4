/** One figure of the bench: what it measures, how, and what is aimed at. Adding one is a file and a line in figures.ts. */
export interface BenchOptions {
  /** Rounds that count; each runs every contender once, in shuffled order. */
  rounds: number
  seed: number
  signal: AbortSignal
}

/** A ratio of paired rounds, with its 95% interval (null: too few rounds). */
export interface Estimate {
  value: number
  ci95: [number, number] | null
}

export interface FigureRow {
  /** What was measured, with its unit: 'fork–join, threads: speed-up ÷ 2'. */
  figure: string
  ours: Estimate
  /** All others of the same run, best first. */
  peers: readonly { name: string; estimate: Estimate }[]
  /** The same work without what is measured, where that says how much the machine gives: shown, not a peer. */
  bound?: { name: string; estimate: Estimate }
  /** `notBelowPeers`: no peer of the same run may be better beyond both intervals. */
  target: ({ atLeast: number } | { atMost: number }) & { notBelowPeers?: boolean }
}

export interface Figure {
  /** What `--only` looks for. */
  name: string
  run(options: BenchOptions): Promise<FigureRow[]>
}
