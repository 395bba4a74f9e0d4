/** Who takes part in an execution, with real threads and processes and tasks that wait for each other. */
import assert from 'node:assert/strict'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, it } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { createExecutor } from '../../executors/create-executor.ts'
import { defineTask, type TaskContext } from '../../executors/executor.ts'
import { type Cut, type CutOptions, type Joined, NO_INPUT, type Workload } from '../../workloads/workload.ts'
import { executePartlySerial } from './partly-serial.ts'

interface MeetArgs {
  /** Where each leaves a file; null: nobody is waited for. */
  place: string | null
  index: number
  together: number
}

/** Ends when `together` tasks are under way at once: never, if fewer take part. */
export const meet = async (
  { place, index, together }: MeetArgs,
  { signal }: Pick<TaskContext, 'signal'>,
): Promise<number> => {
  if (place === null) return index
  writeFileSync(path.join(place, `task-${index}`), '')
  while (readdirSync(place).length < together) await pause(1, null, { signal })
  return index
}
export const joinMeeting = ({ parts }: { parts: number[] }): Joined => ({ checksum: parts.join(), artefact: null })

/** The first half of the tasks, which is serial, waits for nobody. */
const meeting = (place: string, together: number): Workload<MeetArgs, number> => ({
  id: 'meeting',
  kind: 'cpu',
  cut: ({ tasks }: CutOptions): Cut<MeetArgs, number> => ({
    task: defineTask<MeetArgs, number>(import.meta.url, 'meet'),
    argsList: Array.from({ length: tasks }, (_, index) => ({ place: index % 2 === 0 ? null : place, index, together })),
    joinTask: defineTask<{ parts: number[] }, Joined>(import.meta.url, 'joinMeeting'),
    joinArgs: {},
    copiedBytes: { toWorkers: 0, fromWorkers: 0 },
  }),
})

describe('a partly serial execution', { timeout: 60_000 }, () => {
  for (const strategy of ['threads', 'processes'] as const) {
    it(`has as many ${strategy} at work at once as are asked for, after one alone`, async () => {
      await using executor = createExecutor(strategy, { workers: 4 })
      await executor.start()
      const { signal } = new AbortController()
      // Down as well as up: those of the execution before must not take part in the next.
      for (const workers of [3, 1, 4, 2]) {
        const place = mkdtempSync(path.join(tmpdir(), 'interleave-meeting-'))
        try {
          const outcome = await executePartlySerial(executor, meeting(place, workers), {
            cut: { size: 'small', tasks: 2 * workers, seed: 1, input: NO_INPUT },
            serialShare: 0.5,
            workers,
            copies: 1,
            round: 0,
            signal,
            nowUs: () => 0,
          })
          assert.ok(outcome.ok)
          const { reports, checksum } = outcome.value
          assert.equal(checksum, Array.from({ length: 2 * workers }, (_, index) => index).join())
          const lanes = reports.map(({ lane }) => lane)
          assert.equal(new Set(lanes.slice(0, workers)).size, 1, 'the serial part')
          assert.equal(new Set(lanes.slice(workers, -1)).size, workers, 'the parallel part')
          assert.equal(new Set(lanes).size, workers, 'nobody else')
        } finally {
          rmSync(place, { recursive: true })
        }
      }
    })
  }
})
