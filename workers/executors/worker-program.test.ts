import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { workerProgram } from './worker-program.ts'

test('a worker’s program is one file that imports nothing but Node', () => {
  for (const name of ['thread-worker.ts', 'process-worker.ts']) {
    const program = new URL(name, import.meta.url)
    const file = workerProgram(program)
    assert.match(file.pathname, /node_modules\/\.cache\/.*\.cjs$/)
    const source = readFileSync(file, 'utf8')
    const required = Array.from(source.matchAll(/require\('([^']+)'\)/g), ([, specifier]) => specifier)
    assert.ok(required.length > 0 && required.every((specifier) => specifier?.startsWith('node:')))
    assert.doesNotMatch(source, /^(import|export) /m)
    assert.equal(workerProgram(program), file, 'it is joined once')
  }
})
