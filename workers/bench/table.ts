/** The bench's result as a Markdown table: figure, ours, best peer, target, whether it is met or by how much it is missed. */
import type { Estimate, FigureRow } from './figure.ts'

export const TABLE_HEAD = ['| figure | ours | best peer | target | met |', '|---|---|---|---|---|']

const digits = (value: number): string => (Math.abs(value) < 0.1 ? value.toFixed(4) : value.toFixed(value < 10 ? 3 : 1))

const text = ({ value, ci95 }: Estimate): string =>
  ci95 ? `${digits(value)} (${digits(ci95[0])}–${digits(ci95[1])})` : digits(value)

/** How far the estimate is on the wrong side of the target, as a share of it; 0 when it is met. */
const missedBy = ({ ours, target }: FigureRow): number =>
  'atLeast' in target ? Math.max(0, 1 - ours.value / target.atLeast) : Math.max(0, ours.value / target.atMost - 1)

/** A peer is better when the intervals don't meet; without intervals nothing can be said. */
const betterPeer = ({ ours, peers, target }: FigureRow): string | null => {
  if (!target.notBelowPeers || !ours.ci95) return null
  const [low, high] = ours.ci95
  const better = peers.find(({ estimate: { ci95 } }) =>
    ci95 === null ? false : 'atLeast' in target ? ci95[0] > high : ci95[1] < low,
  )
  return better?.name ?? null
}

export const verdictOf = (row: FigureRow): string => {
  const missed = missedBy(row)
  const better = betterPeer(row)
  if (missed > 0) return `missed by ${(100 * missed).toFixed(1)}%`
  return better ? `below ${better}` : 'yes'
}

export const tableRow = (row: FigureRow): string => {
  const beside = [...row.peers.slice(0, 1), ...(row.bound ? [row.bound] : [])]
  const others = beside.map(({ name, estimate }) => `${name} ${text(estimate)}`).join('; ') || '–'
  const target = 'atLeast' in row.target ? `≥ ${row.target.atLeast}` : `≤ ${row.target.atMost}`
  const peers = row.target.notBelowPeers ? ', not below a peer' : ''
  return `| ${row.figure} | ${text(row.ours)} | ${others} | ${target}${peers} | ${verdictOf(row)} |`
}
