import assert from 'node:assert/strict'
import test from 'node:test'
import { eventStreamResponse, type ServerSentEvent } from './event-stream.ts'

const event = (id: number): ServerSentEvent => ({ id, event: 'progress', data: `{"done":${id}}` })
const never = new AbortController().signal

async function* countingTo(last: number, given: number[] = []): AsyncGenerator<ServerSentEvent> {
  for (let id = 1; id <= last; id++) {
    given.push(id)
    yield event(id)
  }
}

test('events are written with number, type and data, and the stream ends with its source', async () => {
  const response = eventStreamResponse(() => countingTo(2), { signal: never })
  assert.match(response.headers.get('content-type') ?? '', /^text\/event-stream/)
  assert.equal(
    await response.text(),
    ': connected\n\nid: 1\nevent: progress\ndata: {"done":1}\n\nid: 2\nevent: progress\ndata: {"done":2}\n\n',
  )
})

test('a source is not run ahead of its reader', async () => {
  const given: number[] = []
  const reader = eventStreamResponse(() => countingTo(1_000, given), { signal: never }).body?.getReader()
  assert.ok(reader)
  for (let read = 0; read < 5; read++) await reader.read()
  assert.ok(given.length <= 6, `${given.length} events were taken for 4 that were read`)
  await reader.cancel()
})

/** A source that gives one event and then waits for its signal; `over` resolves when it has let go. */
const waiting = (): { open: (signal: AbortSignal) => AsyncGenerator<ServerSentEvent>; over: Promise<void> } => {
  const { promise: over, resolve } = Promise.withResolvers<void>()
  const open = async function* (signal: AbortSignal): AsyncGenerator<ServerSentEvent> {
    try {
      yield event(1)
      if (!signal.aborted) await new Promise((aborted) => signal.addEventListener('abort', aborted))
    } finally {
      resolve()
    }
  }
  return { open, over }
}

test('a reader that goes away ends its source, while that waits and while it does not', async () => {
  for (const waits of [true, false]) {
    const { open, over } = waiting()
    const reader = eventStreamResponse(open, { signal: never }).body?.getReader()
    assert.ok(reader)
    for (let read = 0; read < 2; read++) await reader.read()
    const next = waits ? reader.read() : null
    await new Promise((resolve) => setImmediate(resolve)) // the stream has asked for the next event
    await reader.cancel()
    await over
    if (next !== null) assert.ok((await next).done)
  }
})

test("the request's own signal ends the stream", async () => {
  for (const waits of [true, false]) {
    const { open, over } = waiting()
    const leaving = new AbortController()
    const reader = eventStreamResponse(open, { signal: leaving.signal }).body?.getReader()
    assert.ok(reader)
    for (let read = 0; read < 2; read++) await reader.read()
    const next = waits ? reader.read() : null
    await new Promise((resolve) => setImmediate(resolve))
    leaving.abort()
    await next
    while (!(await reader.read()).done);
    await over
  }
})

test('comments keep a silent stream alive', async (t) => {
  t.mock.timers.enable({ apis: ['setInterval'] })
  const { open } = waiting()
  const reader = eventStreamResponse(open, { signal: never, heartbeatMs: 1_000 }).body?.getReader()
  assert.ok(reader)
  await reader.read()
  await reader.read()
  const next = reader.read()
  t.mock.timers.tick(1_000)
  assert.equal(new TextDecoder().decode((await next).value), ': alive\n\n')
  await reader.cancel()
})

test('an answer whose body nobody reads, as to HEAD, keeps no timer and opens nothing', (t) => {
  const timers = t.mock.method(globalThis, 'setInterval')
  const given: number[] = []
  for (let asked = 0; asked < 10; asked++) eventStreamResponse(() => countingTo(3, given), { signal: never })
  assert.equal(timers.mock.callCount(), 0)
  assert.deepEqual(given, [])
})
