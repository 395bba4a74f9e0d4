import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ruleOfThree } from './rule-of-three.ts'

test("none of 14 patients means up to 21% (Hanley and Lippman-Hand's example), close to the exact 1 − 0.05^(1/n)", () => {
  assert.equal(ruleOfThree(14).toFixed(3), '0.214')
  for (const n of [30, 50, 1000]) {
    const exact = 1 - 0.05 ** (1 / n)
    assert.ok(ruleOfThree(n) >= exact && ruleOfThree(n) < exact * 1.06)
  }
})

test('after none, one or two trials everything is possible', () => {
  assert.deepEqual([0, 1, 2, 3].map(ruleOfThree), [1, 1, 1, 1])
})
