/** A search survives its address, and no address breaks the page. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { LONGEST_QUERY, MOST_WORKERS, readSearch, STRATEGY_CHOICES, searchAddress } from './search-address.ts'

const parse = (address: string) => readSearch(new URL(address, 'http://localhost').searchParams)

const searches = fc.record(
  {
    query: fc.string({ unit: 'grapheme', maxLength: 60 }).map((text) => text.trim()),
    page: fc.integer({ min: 1, max: 500 }),
    strategy: fc.constantFrom(...STRATEGY_CHOICES),
    workers: fc.integer({ min: 1, max: MOST_WORKERS }),
  },
  { noNullPrototype: true },
)

test('reading the address of a search gives the search', () => {
  fc.assert(
    fc.property(searches, (search) => {
      fc.pre(search.query.isWellFormed())
      assert.deepEqual(parse(searchAddress(search)), search)
    }),
  )
})

test('an address with anything in it gives a search that the API accepts', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), fc.string(), fc.string(), (query, page, strategy, workers) => {
      const search = readSearch(new URLSearchParams({ query, page, strategy, workers }))
      assert.ok(search.query.length <= LONGEST_QUERY)
      assert.ok(Number.isInteger(search.page) && search.page >= 1 && search.page <= 500)
      assert.ok(Number.isInteger(search.workers) && search.workers >= 1 && search.workers <= MOST_WORKERS)
      assert.ok(STRATEGY_CHOICES.includes(search.strategy))
    }),
  )
})

test('defaults are left out of the address', () => {
  assert.equal(searchAddress({ query: 'star', page: 1, strategy: 'async', workers: 8 }), '/movies?query=star')
})
