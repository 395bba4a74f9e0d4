import assert from 'node:assert/strict'
import { test } from 'node:test'
import { samplesCsv } from './samples-csv.ts'

test('one sample a row, further columns in the order of their appearance, empty where a sample has none', () => {
  const csv = samplesCsv([
    { key: 'threads', round: -1, elapsedMs: 12.5, requests: 21 },
    { key: 'async', round: 0, elapsedMs: 3, failed: null, cached: false },
  ])
  assert.equal(csv, 'key,round,elapsedMs,requests,failed,cached\r\nthreads,-1,12.5,21,,\r\nasync,0,3,,,false\r\n')
})

test('commas, quotes and line breaks are quoted as RFC 4180 says', () => {
  const csv = samplesCsv([{ key: 'a,b', round: 0, elapsedMs: 1, note: 'he said "no"\r\nand left' }])
  assert.equal(csv, 'key,round,elapsedMs,note\r\n"a,b",0,1,"he said ""no""\r\nand left"\r\n')
})

test('a text that a spreadsheet would execute is made harmless, in headers too, and numbers stay numbers', () => {
  const csv = samplesCsv([
    {
      key: '=HYPERLINK("http://x")',
      round: 0,
      elapsedMs: 1,
      '@sum': '+1',
      a: '-2',
      b: '\t=1',
      c: '＝1',
      d: -2,
      e: 'a=1',
    },
  ])
  assert.equal(
    csv,
    'key,round,elapsedMs,\'@sum,a,b,c,d,e\r\n"\'=HYPERLINK(""http://x"")",0,1,\'+1,\'-2,\'\t=1,\'＝1,-2,a=1\r\n',
  )
})

test('numbers that CSV has no word for are empty, and without samples there is a header', () => {
  assert.equal(
    samplesCsv([{ key: 'a', round: 0, elapsedMs: Number.POSITIVE_INFINITY, x: Number.NaN }]),
    'key,round,elapsedMs,x\r\na,0,,\r\n',
  )
  assert.equal(samplesCsv([]), 'key,round,elapsedMs\r\n')
})
