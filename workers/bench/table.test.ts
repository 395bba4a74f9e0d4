import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { FigureRow } from './figure.ts'
import { tableRow, verdictOf } from './table.ts'

const row = (value: number, target: FigureRow['target'], peer?: [number, number, number]): FigureRow => ({
  figure: 'a figure',
  ours: { value, ci95: [value - 0.01, value + 0.01] },
  peers: peer ? [{ name: 'piscina', estimate: { value: peer[0], ci95: [peer[1], peer[2]] } }] : [],
  target,
})

test('a target is met from either side, or missed by a share of it', () => {
  assert.equal(verdictOf(row(0.98, { atLeast: 0.975 })), 'yes')
  assert.equal(verdictOf(row(0.9, { atLeast: 1 })), 'missed by 10.0%')
  assert.equal(verdictOf(row(0.04, { atMost: 0.05 })), 'yes')
  assert.equal(verdictOf(row(0.06, { atMost: 0.05 })), 'missed by 20.0%')
})

test('a peer is better only where the intervals don’t meet', () => {
  const target = { atLeast: 0.9, notBelowPeers: true }
  assert.equal(verdictOf(row(0.95, target, [0.965, 0.955, 0.97])), 'yes')
  assert.equal(verdictOf(row(0.95, target, [0.99, 0.98, 1])), 'below piscina')
  assert.equal(verdictOf({ ...row(0.95, target, [0.99, 0.98, 1]), ours: { value: 0.95, ci95: null } }), 'yes')
})

test('a row is Markdown with the best peer and the target', () => {
  assert.equal(
    tableRow(row(0.95, { atLeast: 0.9 }, [0.9, 0.89, 0.91])),
    '| a figure | 0.950 (0.940–0.960) | piscina 0.900 (0.890–0.910) | ≥ 0.9 | yes |',
  )
})

test('what the machine gives stands beside the best peer, and is none', () => {
  const target = { atLeast: 0.9, notBelowPeers: true }
  const bound = { name: 'bare', estimate: { value: 0.99, ci95: [0.98, 1] as [number, number] } }
  assert.equal(
    tableRow({ ...row(0.95, target, [0.9, 0.89, 0.91]), bound }),
    '| a figure | 0.950 (0.940–0.960) | piscina 0.900 (0.890–0.910); bare 0.990 (0.980–1.000) | ≥ 0.9, not below a peer | yes |',
  )
  assert.match(tableRow({ ...row(0.95, { atLeast: 0.9 }), bound }), /\| bare 0\.990 \(0\.980–1\.000\) \|/)
})
