/**
 * Who waits for whom: built from which thread wants which lock and who holds it, and searched for a cycle. A thread wants one
 * lock at a time and a lock has one holder, so from every node at most one edge leads on, and a cycle is found by following them.
 *
 * Source: R. C. Holt, "Some Deadlock Properties of Computer Systems", ACM Computing Surveys 4(3), 1972: with one unit of each
 * resource there is a deadlock exactly where there is a cycle.
 */

/** A moment as the threads published it. Both numbers count from 0. */
export interface WaitState {
  /** By thread: the lock it waits for. */
  wants: readonly (number | null)[]
  /** By lock: the thread that holds it. */
  holders: readonly (number | null)[]
}

export interface WaitForGraph {
  nodes: { id: string; kind: 'thread' | 'lock'; label: string }[]
  /** 'wants' leads from a thread to a lock, 'holds' from a lock to the thread that holds it: so a deadlock is a directed cycle. */
  edges: { from: string; to: string; kind: 'holds' | 'wants' }[]
  /** Node ids in the order of the edges, thread and lock in turn; the last leads to the first. Empty where nobody waits in a circle. */
  cycle: string[]
}

export const threadId = (thread: number): string => `thread-${thread + 1}`
export const lockId = (lock: number): string => `lock-${lock + 1}`

/** Threads that wait for each other in a circle, beginning with the lowest; null where there are none. */
export const findCycle = ({ wants, holders }: WaitState): number[] | null => {
  /** In which search a thread was met: met again in the same one, it closes a circle. */
  const metIn = new Map<number, number>()
  const blockerOf = (thread: number): number | null => {
    const wanted = wants[thread] ?? null
    return wanted === null ? null : (holders[wanted] ?? null)
  }
  for (let start = 0; start < wants.length; start++) {
    let at: number | null = start
    while (at !== null && !metIn.has(at)) {
      metIn.set(at, start)
      at = blockerOf(at)
    }
    if (at !== null && metIn.get(at) === start) return circleFrom(at, blockerOf)
  }
  return null
}

const circleFrom = (first: number, blockerOf: (thread: number) => number | null): number[] => {
  const circle = [first]
  for (let next = blockerOf(first); next !== null && next !== first; next = blockerOf(next)) circle.push(next)
  const lowest = circle.indexOf(Math.min(...circle))
  return [...circle.slice(lowest), ...circle.slice(0, lowest)]
}

/** `lockName` is an English noun for labels: 'List', 'Fork'. */
export const buildWaitForGraph = (state: WaitState, threadName: string, lockName: string): WaitForGraph => {
  const { wants, holders } = state
  return {
    nodes: [
      ...wants.map((_, i) => ({ id: threadId(i), kind: 'thread' as const, label: `${threadName} ${i + 1}` })),
      ...holders.map((_, i) => ({ id: lockId(i), kind: 'lock' as const, label: `${lockName} ${i + 1}` })),
    ],
    edges: [
      ...holders.flatMap((thread, lock) =>
        thread === null ? [] : [{ from: lockId(lock), to: threadId(thread), kind: 'holds' as const }],
      ),
      ...wants.flatMap((lock, thread) =>
        lock === null ? [] : [{ from: threadId(thread), to: lockId(lock), kind: 'wants' as const }],
      ),
    ],
    cycle: (findCycle(state) ?? []).flatMap((thread) => {
      const lock = wants[thread] ?? null
      return lock === null ? [threadId(thread)] : [threadId(thread), lockId(lock)]
    }),
  }
}

/** Whom a watchdog ends so that the others can go on: who was ended least often, so that nobody starves; of equals the last. */
export const chooseVictim = (circle: readonly number[], endedBefore: readonly number[]): number =>
  circle.reduce((chosen, thread) => {
    const [times = 0, fewest = 0] = [endedBefore[thread], endedBefore[chosen]]
    return times < fewest || (times === fewest && thread > chosen) ? thread : chosen
  })
