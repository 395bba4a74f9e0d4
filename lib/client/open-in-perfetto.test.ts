/** The handshake with Perfetto: ping until pong, from the right page, then the file itself. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openInPerfetto } from './open-in-perfetto.ts'

const PERFETTO = 'https://ui.perfetto.dev'
const trace = { title: 'Run', fileName: 'run.json', url: 'http://localhost/run' }

const scripted = () => {
  const sent: { message: unknown; origin: unknown; transfer: unknown }[] = []
  const target = {
    postMessage: (message: unknown, origin: unknown, transfer?: unknown) => sent.push({ message, origin, transfer }),
  }
  const events = new EventTarget()
  const page = {
    open: () => target,
    addEventListener: events.addEventListener.bind(events),
    removeEventListener: events.removeEventListener.bind(events),
  } as Pick<Window, 'addEventListener' | 'removeEventListener'> & { open: () => unknown } as Window
  const say = (data: unknown, origin: string): void => {
    events.dispatchEvent(new MessageEvent('message', { data, origin }))
  }
  return { sent, page, say }
}

test('the file is handed over only after Perfetto itself has answered, and only to Perfetto', async (context) => {
  context.mock.timers.enable({ apis: ['setInterval', 'setTimeout'] })
  const { sent, page, say } = scripted()
  const buffer = new ArrayBuffer(8)
  const opening = openInPerfetto(trace, () => Promise.resolve(buffer), page)
  context.mock.timers.tick(100)
  assert.deepEqual(
    sent.map(({ message }) => message),
    ['PING', 'PING'],
  )
  say('PONG', 'https://elsewhere.example')
  await Promise.resolve()
  assert.equal(sent.length, 2)
  say('PONG', PERFETTO)
  assert.equal(await opening, 'opened')
  assert.deepEqual(sent.at(-1), { message: { perfetto: { buffer, ...trace } }, origin: PERFETTO, transfer: [buffer] })
  assert.ok(sent.every(({ origin }) => origin === PERFETTO))
  const before = sent.length
  context.mock.timers.tick(1_000)
  assert.equal(sent.length, before)
})

test('a blocked window and a page that never answers are told apart', async (context) => {
  context.mock.timers.enable({ apis: ['setInterval', 'setTimeout'] })
  const { page } = scripted()
  const load = () => Promise.resolve(new ArrayBuffer(0))
  assert.equal(await openInPerfetto(trace, load, { ...page, open: () => null }), 'blocked')
  const opening = openInPerfetto(trace, load, page)
  context.mock.timers.tick(20_000)
  assert.equal(await opening, 'no-answer')
})
