/**
 * A process with everything it started: how much memory all of it holds, and how it is ended. Sizes come from /proc; where
 * there is none (macOS, Windows), they are unknown. Ending relies on the process leading a group of its own (`detached`).
 */
import { readdir, readFile } from 'node:fs/promises'

const read = (file: string): Promise<string | null> => readFile(file, 'utf8').catch(() => null) // it has ended meanwhile

/** Kilobytes of a line of /proc/…/status. */
const field = (status: string, name: string): number =>
  Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1] ?? 0)

const childrenOf = async (pid: number): Promise<number[]> => {
  // Children belong to the thread that started them, so every thread is asked.
  const threads = await readdir(`/proc/${pid}/task`).catch(() => [])
  const lists = await Promise.all(threads.map((tid) => read(`/proc/${pid}/task/${tid}/children`)))
  return lists.flatMap((list) => (list ?? '').split(' ').filter(Boolean).map(Number))
}

/** The process and all its descendants that are alive. */
export const processTree = async (pid: number): Promise<number[]> => {
  const below = await Promise.all((await childrenOf(pid)).map(processTree))
  return [pid, ...below.flat()]
}

/**
 * Resident bytes of a process and its descendants, or null where it can't be told. Pages of files (Node's own program, 37 MB
 * in every process) are the same memory for all of them, so they count once: as much as the process with the most has.
 */
export const residentBytes = async (pid: number): Promise<number | null> => {
  const statuses = await Promise.all((await processTree(pid)).map((each) => read(`/proc/${each}/status`)))
  let own = 0
  let shared = 0
  for (const status of statuses) {
    if (status === null) continue
    own += field(status, 'RssAnon') + field(status, 'RssShmem')
    shared = Math.max(shared, field(status, 'RssFile'))
  }
  return own === 0 ? null : (own + shared) * 1024
}

/** Signals a whole group; a group that is gone is no error. */
export const signalGroup = (leader: number, signal: NodeJS.Signals): void => {
  try {
    process.kill(process.platform === 'win32' ? leader : -leader, signal)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error
  }
}
