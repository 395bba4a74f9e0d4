/** The processes that a server has started, as the system tells them. */
import { execFileSync } from 'node:child_process'

/** Processes below this one whose command line holds `text`. */
export const childrenOf = (pid: number, text: string): number[] => {
  const rows = execFileSync('ps', ['-eo', 'pid=,ppid=,args='], { encoding: 'utf8' })
    .trim()
    .split('\n')
    .map((line) => line.trim().match(/^(\d+)\s+(\d+)\s+(.*)$/))
    .flatMap((match) => (match ? [{ pid: Number(match[1]), ppid: Number(match[2]), args: match[3] ?? '' }] : []))
  const below = (parent: number): typeof rows =>
    rows.filter((row) => row.ppid === parent).flatMap((row) => [row, ...below(row.pid)])
  return below(pid)
    .filter(({ args }) => args.includes(text))
    .map((row) => row.pid)
}

export const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    // A zombie still has a number: what matters is that it no longer runs.
    return !execFileSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' }).startsWith('Z')
  } catch {
    return false
  }
}
