/** Following a run's stream: one stream, only while visible, batches per frame, resuming, the end. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { NumberedEvent } from './live-run.ts'
import { type Connection, followRun, type Surroundings } from './run-events.ts'

/** An EventSource that says what it is told to; the surroundings count what is open and run frames and timers by hand. */
class ScriptedSource extends EventTarget {
  readonly url: string
  readyState = 0
  onopen: (() => void) | null = null
  onerror: ((event: Event) => void) | null = null

  constructor(url: string) {
    super()
    this.url = url
    this.addEventListener('error', (event) => this.onerror?.(event))
  }

  send(type: string, number: number, data: unknown): void {
    this.dispatchEvent(new MessageEvent(type, { data: JSON.stringify(data), lastEventId: String(number) }))
  }

  break(readyState: number): void {
    this.readyState = readyState
    this.dispatchEvent(new Event('error'))
  }

  close(): void {
    this.readyState = 2
  }
}

const follow = () => {
  const sources: ScriptedSource[] = []
  const batches: NumberedEvent[][] = []
  const connections: Connection[] = []
  const frames = new Map<number, () => void>()
  const timers: { callback: () => void; ms: number }[] = []
  let visible = true
  let visibilityChanged: (() => void) | null = null
  let handle = 0
  const surroundings: Surroundings = {
    open: (url) => {
      const source = new ScriptedSource(url)
      sources.push(source)
      return source as EventTarget as EventSource
    },
    isVisible: () => visible,
    onVisibility: (listener) => {
      visibilityChanged = listener
      return () => {
        visibilityChanged = null
      }
    },
    requestFrame: (callback) => {
      handle += 1
      frames.set(handle, callback)
      return handle
    },
    cancelFrame: (id) => frames.delete(id),
    setTimer: (callback, ms) => timers.push({ callback, ms }),
    clearTimer: () => timers.splice(0),
  }
  const stop = followRun(
    'r1',
    { onEvents: (events) => batches.push(events), onConnection: (connection) => connections.push(connection) },
    surroundings,
  )
  const last = () => {
    const source = sources.at(-1)
    assert.ok(source)
    return source
  }
  return {
    stop,
    sources,
    batches,
    connections,
    timers,
    last,
    openSources: () => sources.filter((source) => source.readyState !== 2).length,
    frame: () => {
      const due = [...frames.values()]
      frames.clear()
      for (const callback of due) callback()
    },
    show: (now: boolean) => {
      visible = now
      visibilityChanged?.()
    },
  }
}

const progress = { done: 1, total: 2, label: 'measuring', remainingMs: null }
const ended = {
  status: 'succeeded',
  position: 0,
  startedAt: null,
  finishedAt: null,
  commands: [],
  interference: { searches: 0, otherCpuShare: null },
}

test('a thousand events between two frames arrive as one batch, in order', () => {
  const { last, frame, batches } = follow()
  for (let number = 1; number <= 1000; number++) last().send('progress', number, progress)
  assert.equal(batches.length, 0)
  frame()
  assert.equal(batches.length, 1)
  assert.deepEqual(
    batches[0]?.map(({ number }) => number),
    Array.from({ length: 1000 }, (_, index) => index + 1),
  )
})

test('a hidden page holds no stream, keeps what had arrived, and continues after it when shown again', () => {
  const { last, show, batches, openSources, sources } = follow()
  last().send('progress', 41, progress)
  show(false)
  assert.equal(openSources(), 0)
  assert.equal(batches.flat().length, 1)
  show(true)
  assert.equal(openSources(), 1)
  assert.equal(sources.length, 2)
  assert.equal(last().url, '/api/runs/r1/events?after=41')
})

test('the end of the stream after the end of the run is no loss: nothing is opened again', () => {
  const { last, show, frame, openSources, connections, sources, timers } = follow()
  last().send('status', 1, ended)
  last().break(0)
  frame()
  show(false)
  show(true)
  assert.equal(openSources(), 0)
  assert.equal(sources.length, 1)
  assert.equal(timers.length, 0)
  assert.equal(connections.at(-1), 'ended')
})

test("the run's own error event is an event, not a lost connection", () => {
  const { last, frame, batches, connections } = follow()
  last().send('error', 1, { code: 'timeout', message: 'm' })
  frame()
  assert.equal(batches[0]?.[0]?.type, 'error')
  assert.ok(!connections.includes('lost'))
})

test('an answer that is no stream is tried again, later each time, by one stream at most', () => {
  const { last, timers, sources, openSources, stop } = follow()
  const waits: number[] = []
  for (let attempt = 0; attempt < 7; attempt++) {
    last().break(2)
    const timer = timers.shift()
    assert.ok(timer)
    waits.push(timer.ms)
    timer.callback()
    assert.equal(openSources(), 1)
  }
  assert.deepEqual(waits, [1000, 2000, 4000, 8000, 16000, 30000, 30000])
  assert.equal(sources.length, 8)
  stop()
  assert.equal(openSources(), 0)
})

test('while the browser reconnects by itself no second stream is opened', () => {
  const { last, sources, timers, connections } = follow()
  last().break(0)
  assert.equal(sources.length, 1)
  assert.equal(timers.length, 0)
  assert.equal(connections.at(-1), 'lost')
})

test('stopping delivers what had arrived and closes the stream', () => {
  const { last, batches, openSources, stop } = follow()
  last().send('progress', 1, progress)
  stop()
  assert.equal(batches.flat().length, 1)
  assert.equal(openSources(), 0)
})
