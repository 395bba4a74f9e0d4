import assert from 'node:assert/strict'
import { test } from 'node:test'
import { samplesCsv } from './samples-csv.ts'

test('one sample a row, further columns in the order of their appearance, empty where a sample has none', () => {
  const csv = samplesCsv([
    { key: 'threads', round: -1, elapsedMs: 12.5, requests: 21 },
    { key: 'async', round: 0, elapsedMs: 3, failed: null, cached: false },
  ])
  assert.equal(
    csv,
    'key,round,phase,elapsedMs,requests,failed,cached\r\nthreads,-1,warm-up,12.5,21,,\r\nasync,1,counted,3,,,false\r\n',
  )
})

test('commas, quotes and line breaks are quoted as RFC 4180 says', () => {
  const csv = samplesCsv([{ key: 'a,b', round: 0, elapsedMs: 1, note: 'he said "no"\r\nand left' }])
  assert.equal(csv, 'key,round,phase,elapsedMs,note\r\n"a,b",1,counted,1,"he said ""no""\r\nand left"\r\n')
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
    'key,round,phase,elapsedMs,\'@sum,a,b,c,d,e\r\n"\'=HYPERLINK(""http://x"")",1,counted,1,\'+1,\'-2,\'\t=1,\'＝1,-2,a=1\r\n',
  )
})

test('numbers that CSV has no word for are empty, and without samples there is a header', () => {
  assert.equal(
    samplesCsv([{ key: 'a', round: 0, elapsedMs: Number.POSITIVE_INFINITY, x: Number.NaN }]),
    'key,round,phase,elapsedMs,x\r\na,1,counted,,\r\n',
  )
  assert.equal(samplesCsv([]), 'key,round,phase,elapsedMs\r\n')
})

test('times have microseconds and other measurements six decimals, not what a clock adds beyond', () => {
  assert.equal(
    samplesCsv([{ key: 'a', round: 0, elapsedMs: 55.55371000000014, rate: 0.1 + 0.2, seed: 123456789012 }]),
    'key,round,phase,elapsedMs,rate,seed\r\na,1,counted,55.554,0.3,123456789012\r\n',
  )
})
