/**
 * Who worked for a pool, for its timeline: a lane for each worker that was ever started, also for one that took the place of
 * another, and how long those took to start that came to work. A lane's thread and process are known once its worker is ready.
 */
import type { Lane, LaneKind } from '#lib/contract/trace.ts'
import type { Startup } from './executor.ts'

export class LaneRegister {
  readonly lanes: Lane[] = []
  readonly startups: Startup[] = []
  readonly #group: string
  readonly #kind: LaneKind

  constructor(group: string, kind: LaneKind) {
    this.#group = group
    this.#kind = kind
  }

  newLane(): Lane {
    const group = this.#group
    const kind = this.#kind
    const index = this.lanes.length + 1
    const lane: Lane = {
      id: `${group}/${kind}-${index}`,
      group,
      kind,
      index,
      name: `${group} ${kind} ${index}`,
      pid: null,
      tid: null,
    }
    this.lanes.push(lane)
    return lane
  }

  /** The worker of this lane, whose start began at `startUs`, can work. */
  becomesReady(lane: Lane, startUs: number, { pid, tid, atUs }: { pid: number; tid: number; atUs: number }): void {
    lane.pid = pid
    lane.tid = tid
    this.startups.push({ lane: lane.id, startUs, durationUs: Math.max(0, atUs - startUs) })
  }
}
