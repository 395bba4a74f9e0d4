import assert from 'node:assert/strict'
import { test } from 'node:test'
import { failuresOf, ListWatch } from './failures-of-run.ts'

const film = (movieId: number, code: 'timeout' | 'unavailable') => ({ movieId, code, message: '' })
const page = (number: number, code: 'timeout' | 'unauthorized') => ({ page: number, code, message: '' })

test('each film and each page is named once for each reason, over all rounds', () => {
  const { failures, pageFailures } = failuresOf([
    { failures: [film(4, 'timeout')], pageFailures: [{ ...page(2, 'timeout'), retryAfterMs: 5 }] },
    { failures: [film(4, 'timeout'), film(4, 'unavailable'), film(7, 'timeout')], pageFailures: [page(2, 'timeout')] },
  ])
  assert.deepEqual(
    failures.map(({ movieId, code }) => `${movieId} ${code}`),
    ['4 timeout', '4 unavailable', '7 timeout'],
  )
  assert.deepEqual(pageFailures, [page(2, 'timeout')])
})

const list = { found: { page: 1, totalPages: 1, totalResults: 1 }, pageFailures: [] }
const none = (code: 'timeout' | 'unauthorized') => ({ found: null, pageFailures: [page(1, code)] })

test('a list that does not come ends the run at once where none ever came, and is borne in between', () => {
  assert.equal(new ListWatch(false).failureThatEnds(none('timeout'))?.code, 'timeout')
  const watch = new ListWatch(false)
  const ends = [list, none('timeout'), none('timeout'), list, none('timeout'), none('timeout'), none('timeout')].map(
    (search) => watch.failureThatEnds(search) !== null,
  )
  assert.deepEqual(ends, [false, false, false, false, false, false, true])
})

test('where failures were asked for the first may fail already, but not for a reason that stays', () => {
  assert.equal(new ListWatch(true).failureThatEnds(none('timeout')), null)
  assert.equal(new ListWatch(true).failureThatEnds(none('unauthorized'))?.code, 'unauthorized')
})
