import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { test } from 'node:test'
import { countsOfOutput, countsOfReport } from './test-counts.js'

test('unit tests are counted off the summary, colours or not; what was cancelled has failed', () => {
  const summary = 'ℹ tests 9\nℹ pass 5\nℹ fail 1\nℹ cancelled 1\nℹ skipped 2\n'
  for (const output of [summary, summary.replaceAll('ℹ', '\u001b[34mℹ')]) {
    assert.deepEqual(countsOfOutput(`some words\n${output}`), { passed: 5, failed: 2, skipped: 2 })
  }
  assert.deepEqual(countsOfOutput('it broke'), { passed: 0, failed: 0, skipped: 0 })
})

test('end-to-end tests are counted off the report; without one there is nothing to count, and nothing to hide the reason', (t) => {
  const folder = mkdtempSync(path.join(tmpdir(), 'interleave-counts-'))
  t.after(() => rmSync(folder, { recursive: true }))
  const file = path.join(folder, 'e2e.json')
  assert.deepEqual(countsOfReport(file), { passed: 0, failed: 0, skipped: 0 })
  writeFileSync(file, JSON.stringify({ stats: { expected: 3, flaky: 1, unexpected: 2, skipped: 1 } }))
  assert.deepEqual(countsOfReport(file), { passed: 4, failed: 2, skipped: 1 })
})
