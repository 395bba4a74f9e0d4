/** What the waiting threads of `coordination` execute, as lines of code, the mistaken one marked. Without zod: the browser shows it. */
import type { CoordinationBug, CoordinationScenario, Role } from './coordination-kinds.ts'

export interface CoordinationLine {
  text: string
  /** The mistake of this run. */
  wrong?: true
}

export interface CoordinationProgram {
  role: Role
  lines: CoordinationLine[]
}

const lines = (...texts: (string | CoordinationLine)[]): CoordinationLine[] =>
  texts.map((text) => (typeof text === 'string' ? { text } : text))
const wrong = (text: string): CoordinationLine => ({ text, wrong: true })

export const coordinationProgram = (scenario: CoordinationScenario, bug: CoordinationBug): CoordinationProgram[] => {
  const early = bug === 'signal-before-wait'
  switch (scenario) {
    case 'condition': {
      const waiting = early
        ? wrong('notEmpty.wait(mutex)')
        : bug === 'if-instead-of-while'
          ? wrong('if (buffer.isEmpty) notEmpty.wait(mutex)')
          : 'while (buffer.isEmpty) notEmpty.wait(mutex)'
      return [
        {
          role: 'producer',
          lines: lines(
            'mutex.acquire()',
            'while (buffer.isFull) notFull.wait(mutex)',
            'buffer.put(item)',
            'notEmpty.notify()',
            'mutex.release()',
          ),
        },
        {
          role: 'consumer',
          lines: lines('mutex.acquire()', waiting, 'item = buffer.take()', 'notFull.notify()', 'mutex.release()'),
        },
      ]
    }
    case 'event':
      return [
        {
          role: 'announcer',
          lines: early
            ? lines('event.set()', wrong('event.clear()'), 'waitForAcknowledgements()')
            : lines('event.set()', 'waitForAcknowledgements()', 'event.clear()'),
        },
        { role: 'listener', lines: lines('event.wait()', 'acknowledge()', 'work()') },
      ]
    case 'barrier':
      return [{ role: 'party', lines: lines('work(phase)', 'barrier.wait()') }]
    case 'ping-pong':
      return [
        { role: 'ping', lines: lines('work()', 'pong.release()', 'ping.acquire()') },
        { role: 'pong', lines: lines('pong.acquire()', 'work()', 'ping.release()') },
      ]
  }
}
