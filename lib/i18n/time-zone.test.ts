/** A time zone from a cookie: kept where it is one, UTC for everything else. */
import assert from 'node:assert/strict'
import test from 'node:test'
import { timeZoneOf } from './time-zone.ts'

test('a time zone is taken as the browser wrote it', () => {
  assert.equal(timeZoneOf('Asia%2FTokyo'), 'Asia/Tokyo')
  assert.equal(timeZoneOf('America/New_York'), 'America/New_York')
})

test('what is no time zone means UTC', () => {
  for (const cookie of [undefined, '', 'Mars/Olympus', '%', '<script>']) assert.equal(timeZoneOf(cookie), 'UTC')
})
