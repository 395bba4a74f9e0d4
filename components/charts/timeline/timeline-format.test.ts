/** Durations and moments in both languages. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { timelineFormat } from './timeline-format.ts'

/** Intl puts no-break spaces between number and unit. */
const plain = (text: string): string => text.replaceAll(/\s/g, ' ')

test('durations take the unit of their size, three digits of it', () => {
  const { duration } = timelineFormat('en')
  assert.equal(plain(duration(0)), '0 μs')
  assert.equal(plain(duration(12.345)), '12.3 μs')
  assert.equal(plain(duration(1234)), '1.23 ms')
  assert.equal(plain(duration(2_500_000)), '2.5 sec')
})

test('a duration that rounds up to the next unit is written in that unit', () => {
  assert.equal(plain(timelineFormat('en').duration(999.7)), '1 ms')
})

test('Russian units and decimal comma', () => {
  const format = timelineFormat('ru')
  assert.equal(plain(format.duration(1234)), '1,23 мс')
  assert.equal(plain(format.moment(1_531_468)), '1 531,468 мс')
})
