/**
 * Every rule of the trace file's format that a viewer relies on, held against a file as it is saved. One check for the traces
 * that tests make up and for those that real runs left.
 */
import assert from 'node:assert/strict'
import type { ChromeEvent, ChromeTrace } from './chrome-trace.ts'

interface Stretch {
  start: number
  end: number
}

const added = <Key, Value>(lists: Map<Key, Value[]>, key: Key, value: Value): void => {
  const list = lists.get(key)
  if (list === undefined) lists.set(key, [value])
  else list.push(value)
}

/** What has a name of its own: each `pid` and `tid`, of which no `tid` is also a `pid` or stands under two. */
class Names {
  readonly #pidOfTid = new Map<number, number>()
  readonly #named = new Set<string>()

  meet({ ph, name, pid, tid, args, ts }: ChromeEvent): void {
    assert.equal(typeof name, 'string')
    assert.notEqual(name, '')
    assert.ok(Number.isInteger(pid) && pid > 0)
    if (tid !== undefined) {
      assert.ok(Number.isInteger(tid) && tid > 0)
      assert.equal(this.#pidOfTid.get(tid) ?? pid, pid, `tid ${tid} has two pids`)
      this.#pidOfTid.set(tid, pid)
    }
    if (ph === 'M') {
      assert.equal(ts, undefined)
      assert.notEqual(args?.name, '')
      this.#named.add(`${name} ${tid ?? pid}`)
      return
    }
    assert.ok(this.#named.has(`process_name ${pid}`), `pid ${pid} has no name`)
    if (ph !== 'C') assert.ok(tid !== undefined && this.#named.has(`thread_name ${tid}`), `tid ${tid} has no name`)
  }

  end(): void {
    for (const tid of this.#pidOfTid.keys()) assert.ok(!this.#named.has(`process_name ${tid}`), 'a tid that is a pid')
  }
}

const assertNest = (tid: number, spans: readonly Stretch[]): void => {
  const open: Stretch[] = []
  for (const one of spans) {
    while ((open.at(-1)?.end ?? Number.POSITIVE_INFINITY) <= one.start) open.pop()
    assert.ok(one.end <= (open.at(-1)?.end ?? Number.POSITIVE_INFINITY), `spans of tid ${tid} don't nest`)
    open.push(one)
  }
}

const assertPair = (key: string, events: readonly ChromeEvent[], spans: Map<number, Stretch[]>): void => {
  const [first, second, ...more] = events
  assert.equal(more.length, 0, `${key} is used by more than one pair`)
  assert.ok(first && second, `${key} has one end`)
  assert.equal(`${first.ph}${second.ph}`, first.ph === 's' ? 'sf' : 'be')
  assert.deepEqual([second.name, second.cat, second.id], [first.name, first.cat, first.id])
  if (first.ph !== 's') return
  for (const { tid = 0, ts = 0 } of [first, second]) {
    const lies = spans.get(tid)?.some(({ start, end }) => start <= ts && ts <= end)
    assert.ok(lies, `${key} ends in no slice`)
  }
}

export const assertObeysFormat = (file: ChromeTrace): void => {
  const { traceEvents }: ChromeTrace = JSON.parse(JSON.stringify(file))
  const names = new Names()
  const spans = new Map<number, Stretch[]>()
  const pairs = new Map<string, ChromeEvent[]>()
  let last = 0
  for (const event of traceEvents) {
    names.meet(event)
    if (event.ph === 'M') continue
    const ts = event.ts ?? Number.NaN
    assert.ok(Number.isFinite(ts) && ts >= last, `ts ${ts} after ${last}`)
    last = ts
    if (event.ph === 'C') {
      assert.ok(Object.values(event.args ?? {}).every((value) => typeof value === 'number'))
    } else if (event.ph === 'X') {
      const duration = event.dur ?? Number.NaN
      assert.ok(Number.isFinite(duration) && duration >= 0, `dur ${duration}`)
      added(spans, event.tid ?? 0, { start: ts, end: ts + duration })
    } else {
      assert.ok(event.id !== undefined && event.cat !== undefined)
      const way = event.ph === 'b' || event.ph === 'e' ? 'async' : 'flow'
      added(pairs, `${way} ${event.cat} ${event.id}`, event)
    }
  }
  names.end()
  for (const [tid, own] of spans) assertNest(tid, own)
  for (const [key, events] of pairs) assertPair(key, events, spans)
}
