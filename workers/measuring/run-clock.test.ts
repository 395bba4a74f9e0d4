import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createRunClock } from './run-clock.ts'

test('two clocks of one origin tell the same time, which never goes back', () => {
  const one = createRunClock()
  const other = createRunClock(one.originNs)
  let last = 0
  for (let i = 0; i < 1000; i++) {
    const now = i % 2 === 0 ? one.nowUs() : other.nowUs()
    assert.ok(now >= last)
    last = now
  }
})

test('an origin one second ago means that more than a million microseconds have passed', () => {
  assert.ok(createRunClock(process.hrtime.bigint() - 1_000_000_000n).nowUs() >= 1_000_000)
})
