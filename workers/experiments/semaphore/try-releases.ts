/** Tries the foreign release on all four and puts together what the two threads were told. */
import type { SemaphoreResult } from '#lib/experiments/semaphore.ts'
import { RELEASED } from '#lib/experiments/semaphore-releases.ts'
import type { ThreadCrew } from '../../threads/thread-crew.ts'
import { returned } from '../../threads/thread-outcome.ts'
import { createReleased, releaseForeignProgram } from './foreign-release.ts'

export type Releases = Pick<SemaphoreResult, 'foreignRelease' | 'enteredAfterwards' | 'holderRelease' | 'idleRelease'>

export const tryReleases = async (crew: ThreadCrew): Promise<Releases> => {
  const nothing = { lock: '', mutex: '', semaphore: '', boundedSemaphore: '' }
  const releases: Releases = {
    foreignRelease: { ...nothing },
    enteredAfterwards: { lock: false, mutex: false, semaphore: false, boundedSemaphore: false },
    holderRelease: { ...nothing },
    idleRelease: { ...nothing },
  }
  for (const what of RELEASED) {
    const run = await crew.run(releaseForeignProgram, {
      threads: 2,
      shared: { held: createReleased(what), idle: createReleased(what) },
      argsOf: () => ({ what }),
    })
    const [holder, stranger] = returned(run)
    releases.foreignRelease[what] = stranger?.foreignRelease ?? ''
    releases.enteredAfterwards[what] = stranger?.enteredAfterwards ?? false
    releases.idleRelease[what] = stranger?.idleRelease ?? ''
    releases.holderRelease[what] = holder?.holderRelease ?? ''
  }
  return releases
}
