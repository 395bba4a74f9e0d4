/** Parameters read off their JSON Schema, their limits, and their way into an address and back. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { z } from 'zod'
import { describeExperiment } from '../experiments/describe-experiment.ts'
import { experiments, listedExperiments } from '../experiments/registry.ts'
import {
  checkField,
  isVisible,
  type JsonSchema,
  type ParamField,
  type ParamValues,
  readFields,
  shownValues,
} from './param-fields.ts'
import { RESERVED_NAMES, readParams, writeParams } from './params-url.ts'

const schema = z.strictObject({
  query: z.string().min(1).max(20).default('star'),
  workload: z.enum(['primes', 'mixed']).default('primes'),
  size: z.enum(['a', 'b', 'c', 'd', 'e', 'f']).default('a'),
  kinds: z
    .array(z.enum(['one', 'two', 'three']))
    .min(1)
    .default(['one']),
  workers: z.int().min(1).max(32).default(8).meta({ unit: 'workers' }),
  cpuShare: z
    .number()
    .min(0)
    .max(1)
    .default(0.5)
    .meta({ step: 0.05, visibleWhen: { param: 'workload', in: ['mixed'] } }),
  killAtMs: z.int().min(0).nullable().default(null).meta({ section: 'advanced' }),
  seed: z.int().min(0).default(1).meta({ control: 'seed', section: 'advanced' }),
  scaled: z.boolean().default(false),
  sweep: z
    .object({ param: z.enum(['workers', 'cpuShare']), values: z.array(z.number()).min(2).max(6) })
    .nullable()
    .default(null),
})
const jsonSchemaOf = (of: z.ZodObject): JsonSchema => JSON.parse(JSON.stringify(z.toJSONSchema(of, { io: 'input' })))
const fields = readFields(jsonSchemaOf(schema))
const defaults: ParamValues = schema.parse({})
const field = (name: string): ParamField => {
  const found = fields.find((one) => one.name === name)
  assert.ok(found)
  return found
}

test('each type of parameter gets the control that fits it', () => {
  assert.deepEqual(
    fields.map(({ name, control }) => [name, control]),
    [
      ['query', 'text'],
      ['workload', 'choices'],
      ['size', 'select'],
      ['kinds', 'many-choices'],
      ['workers', 'slider'],
      ['cpuShare', 'slider'],
      ['killAtMs', 'number'],
      ['seed', 'seed'],
      ['scaled', 'switch'],
      ['sweep', 'sweep'],
    ],
  )
})

test('a parameter that depends on another is shown only with the values that it names', () => {
  assert.equal(isVisible(field('cpuShare'), { workload: 'primes' }), false)
  assert.equal(isVisible(field('cpuShare'), { workload: 'mixed' }), true)
  assert.equal(isVisible(field('workers'), {}), true)
})

test('a parameter that depends on one of several choices is shown, and sent, when that is among those made', () => {
  const [locks, permits] = readFields(
    jsonSchemaOf(
      z.object({
        locks: z.array(z.enum(['mutex', 'semaphore'])),
        permits: z.int().meta({ visibleWhen: { param: 'locks', in: ['semaphore'] } }),
      }),
    ),
  )
  assert.ok(locks && permits)
  const shown = { locks: ['mutex', 'semaphore'], permits: 3 }
  assert.equal(isVisible(permits, shown), true)
  assert.equal(isVisible(permits, { locks: ['mutex'] }), false)
  assert.deepEqual(shownValues([locks, permits], shown), shown)
  assert.deepEqual(shownValues([locks, permits], { locks: ['mutex'], permits: 3 }), { locks: ['mutex'] })
})

test('the form refuses a value exactly when the schema of the server refuses it', () => {
  const anything = fc.oneof(
    fc.double({ noDefaultInfinity: true, noNaN: true, min: -2, max: 40 }),
    fc.integer({ min: -3, max: 40 }),
    fc.string({ maxLength: 30 }).map((text) => text.replaceAll(/\s/g, 'x')),
    fc.constantFrom('primes', 'f', 'none', null, true, false),
    fc.subarray(['one', 'two', 'three', 'four']),
    fc.record(
      {
        param: fc.constantFrom('workers', 'seed'),
        values: fc.array(fc.integer({ min: 1, max: 9 }), { maxLength: 8 }),
      },
      { noNullPrototype: true },
    ),
  )
  fc.assert(
    fc.property(fc.constantFrom(...fields), anything, (one, value) => {
      const accepted = schema.safeParse({ [one.name]: value }).success
      assert.equal(checkField(one, value) === null, accepted, `${one.name} = ${JSON.stringify(value)}`)
    }),
    { numRuns: 2000 },
  )
})

const values = fc.record({
  query: fc.string({ minLength: 1, maxLength: 20 }),
  workload: fc.constantFrom('primes', 'mixed'),
  size: fc.constantFrom('a', 'f'),
  kinds: fc.subarray(['one', 'two', 'three'], { minLength: 1 }),
  workers: fc.integer({ min: 1, max: 32 }),
  cpuShare: fc.double({ min: 0, max: 1, noNaN: true }).map((share) => share + 0),
  killAtMs: fc.option(fc.nat(), { nil: null }),
  seed: fc.nat(),
  scaled: fc.boolean(),
  sweep: fc.option(
    fc.record(
      {
        param: fc.constantFrom('workers', 'cpuShare'),
        values: fc.array(fc.integer({ min: 1, max: 99 }), { minLength: 2, maxLength: 6 }),
      },
      { noNullPrototype: true },
    ),
    { nil: null },
  ),
})

test('an address reproduces the parameters it was made from', () => {
  fc.assert(
    fc.property(values, (chosen) => {
      const address = new URLSearchParams(writeParams(fields, chosen, defaults).toString())
      assert.deepEqual(readParams(fields, address, defaults), { ...chosen })
    }),
  )
})

test('an address that is read on top of a run is right with the run and, once it is deleted, without it', () => {
  fc.assert(
    fc.property(values, values, (chosen, ofRun) => {
      const address = writeParams(fields, chosen, defaults, ofRun)
      assert.deepEqual(readParams(fields, address, ofRun), { ...chosen })
      assert.deepEqual(readParams(fields, address, defaults), { ...chosen })
    }),
  )
})

test('an address names only what differs from the defaults', () => {
  assert.equal(writeParams(fields, defaults, defaults).toString(), '')
  assert.equal(writeParams(fields, { ...defaults, workers: 3 }, defaults).toString(), 'workers=3')
})

test('an address that names nonsense gives values that the form shows as wrong', () => {
  const read = readParams(fields, new URLSearchParams('workers=many&kinds=four&workload=magic&sweep=x'), defaults)
  for (const name of ['workers', 'kinds', 'workload', 'sweep'])
    assert.notEqual(checkField(field(name), read[name]), null, name)
})

test('no experiment has a parameter whose name the address needs for itself', () => {
  for (const experiment of Object.values(experiments)) {
    for (const name of RESERVED_NAMES) assert.ok(!(name in experiment.params.shape), `${experiment.id}: ${name}`)
  }
})

test('the defaults of every experiment are accepted by its own form', () => {
  const machine = { cpus: 4, model: 'm', memoryBytes: 1e9, os: 'o', node: 'v26' }
  for (const id of listedExperiments) {
    const experiment = experiments[id]
    const { params, defaults: own } = describeExperiment(experiment, machine)
    for (const one of readFields(params as JsonSchema)) {
      assert.equal(checkField(one, own[one.name]), null, `${experiment.id}: ${one.name}`)
    }
  }
})
