/** Programs for the crew's tests: those that end well, and those that never would. */
import { Lock } from '#lib/primitives/lock.ts'
import { defineThreadProgram, type ThreadContext } from './thread-program.ts'

interface Words {
  words: Int32Array
}

/** Adds `args` to word 0, so many starts, and says which moments it started at. */
export const addTogether = ({ shared, args, startTogether }: ThreadContext<Words, { starts: number }>): number[] => {
  const moments: number[] = []
  for (let i = 0; i < args.starts; i++) {
    moments.push(startTogether())
    Atomics.add(shared.words, 0, 1)
  }
  return moments
}
export const addTogetherProgram = defineThreadProgram<Words, { starts: number }, number[]>(
  import.meta.url,
  'addTogether',
)

/** The first throws before the start; the others wait for it. */
export const throwFirst = ({ index, startTogether }: ThreadContext<null, null>): void => {
  if (index === 0) throw new RangeError('not today')
  startTogether()
}
export const throwFirstProgram = defineThreadProgram<null, null, void>(import.meta.url, 'throwFirst')

/** The first spins for ever, the second sleeps for ever, the third stops when asked to; word 0 counts who has come so far. */
export const neverEnd = ({ index, shared, cancellation, spans, nowUs }: ThreadContext<Words, null>): string => {
  spans.enter(0, nowUs())
  Atomics.add(shared.words, 0, 1)
  Atomics.notify(shared.words, 0)
  if (index === 0) for (;;) Atomics.pause()
  if (index === 1) new Lock(shared.words.subarray(1)).acquire()
  while (!cancellation.cancelled) Atomics.pause()
  spans.leave(nowUs())
  return 'stopped'
}
export const neverEndProgram = defineThreadProgram<Words, null, string>(import.meta.url, 'neverEnd')

/** Records `args` spans of one microsecond, back to back. */
export const recordSpans = ({ spans, args }: ThreadContext<null, number>): void => {
  for (let i = 0; i < args; i++) spans.record(i % 2, i, i + 1)
}
export const recordSpansProgram = defineThreadProgram<null, number, void>(import.meta.url, 'recordSpans')

/** The first ends, by throwing or by exiting, once the others are asleep at a lock that it holds. */
export const failHolding = ({ index, shared, args }: ThreadContext<Words, 'throw' | 'exit'>): void => {
  const lock = new Lock(shared.words.subarray(1))
  if (index !== 0) {
    Atomics.wait(shared.words, 0, 0)
    lock.acquire()
    return
  }
  lock.acquire()
  Atomics.store(shared.words, 0, 1)
  Atomics.notify(shared.words, 0)
  if (args === 'exit') process.exit(3)
  throw new RangeError('not today')
}
export const failHoldingProgram = defineThreadProgram<Words, 'throw' | 'exit', void>(import.meta.url, 'failHolding')

export const exitThread = (): never => process.exit(3)
export const exitThreadProgram = defineThreadProgram<null, null, never>(import.meta.url, 'exitThread')
