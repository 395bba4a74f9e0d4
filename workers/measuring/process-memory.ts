/**
 * The memory of processes, for differences before and after something was started. Proportional set size where the system
 * tells it (Linux): a page that n processes use counts 1/n for each, so sums over processes are right. Elsewhere null.
 */
import { readFile } from 'node:fs/promises'

/** Bytes from the text of /proc/<pid>/smaps_rollup; null when it has no such line. */
export const parseProportionalSetSize = (text: string): number | null => {
  const kilobytes = /^Pss:\s+(\d+) kB$/m.exec(text)?.[1]
  return kilobytes === undefined ? null : Number(kilobytes) * 1024
}

/** All of them together; null where one can't be told (no /proc, or that process has ended). */
export const proportionalSetSize = async (pids: readonly number[]): Promise<number | null> => {
  let sum = 0
  for (const pid of pids) {
    const text = await readFile(`/proc/${pid}/smaps_rollup`, 'latin1').catch(() => '')
    const bytes = parseProportionalSetSize(text)
    if (bytes === null) return null
    sum += bytes
  }
  return sum
}
