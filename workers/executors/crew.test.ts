/** A crew whose workers are played by the test: what it tells them, and when it takes them for settled. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Board } from './board.ts'
import { Crew } from './crew.ts'
import type { FromWorker, ToWorker } from './protocol.ts'
import type { LinkListener } from './worker-link.ts'

const idle = (told: number): FromWorker => ({
  type: 'results',
  rows: new Float64Array(0),
  values: [],
  spans: null,
  labels: [],
  idle: told,
})

/** Processes: those at work are not told, for they look by themselves. */
const startCrew = (size: number) => {
  let latest = 0
  const heard: ToWorker<null>[][] = []
  const listeners: LinkListener[] = []
  const board: Board<null> = {
    sharedMemory: 'refuse',
    get latest() {
      return latest
    },
    layOut: () => void latest++,
    handout: () => null,
    cancel: () => [],
    claimedBy: () => [],
    forget: () => undefined,
    layOutAgain: () => undefined,
    release: () => undefined,
    [Symbol.dispose]: () => undefined,
  }
  const crew = new Crew(
    {
      board,
      connect: (worker, listener) => {
        listeners[worker] = listener
        heard[worker] ??= []
        return { send: (message) => heard[worker]?.push(message), stop: () => undefined }
      },
      size,
      inFlight: 1,
      tellWorking: false,
      group: 'test',
      laneKind: 'process',
      nowUs: () => 0,
    },
    {
      delivered: () => undefined,
      died: () => undefined,
      openCalls: () => 0,
      lost: () => undefined,
      broken: () => undefined,
    },
  )
  crew.start().catch(assert.ifError)
  for (const listener of listeners) listener.message({ type: 'ready', pid: 1, tid: 1, atUs: 0 })
  return {
    crew,
    says: (worker: number, message: FromWorker) => listeners[worker]?.message(message),
    ends: (worker: number) => listeners[worker]?.ended('it was killed'),
    toldOfWork: () => heard.map((messages) => messages.filter(({ type }) => type === 'work').length),
    layOut: (calls: number) => {
      latest++
      crew.tell(calls)
    },
  }
}

/** Asked after everything that was due has happened. */
const isSettled = async (settled: Promise<void>): Promise<boolean> => {
  let is = false
  settled.then(
    () => {
      is = true
    },
    () => undefined,
  )
  await new Promise((resolve) => setImmediate(resolve))
  return is
}

test('it is settled when each worker that was told has said that it found nothing more', async () => {
  const { crew, says, layOut, toldOfWork } = startCrew(3)
  assert.equal(await isSettled(crew.settled()), true, 'nothing was to be done yet')
  layOut(2)
  assert.deepEqual(toldOfWork(), [1, 1, 0])
  crew.engage(1)
  const settled = crew.settled()
  says(0, idle(1))
  assert.equal(await isSettled(settled), false, 'the second may still take what comes next')
  says(1, idle(1))
  assert.equal(await isSettled(settled), true)
  layOut(3)
  assert.deepEqual(toldOfWork(), [2, 1, 0], 'from now on those that are not engaged hear of nothing')
})

test('news of an older hand-over settles nothing, the death of a worker does', async () => {
  const { crew, says, ends, layOut } = startCrew(1)
  layOut(1)
  const settled = crew.settled()
  says(0, idle(0))
  assert.equal(await isSettled(settled), false)
  ends(0)
  assert.equal(await isSettled(settled), true)
})
