import assert from 'node:assert/strict'
import test from 'node:test'
import { z } from 'zod'
import { problemResponse } from './problem-response.ts'
import { MAX_BODY_BYTES, readBody } from './read-body.ts'

const schema = z.strictObject({ workers: z.int().min(1).max(32), kind: z.enum(['a', 'b']).default('a') })

const post = (body: BodyInit, contentType: string | null = 'application/json'): Request =>
  new Request('http://localhost/api/runs', {
    method: 'POST',
    body,
    duplex: 'half',
    headers: contentType === null ? {} : { 'content-type': contentType },
  } as RequestInit)

const codeOf = async (request: Request): Promise<string> => {
  const outcome = await readBody(request, schema)
  return outcome.ok ? 'ok' : outcome.failure.code
}

/** A body without Content-Length that counts how much of it was taken. */
const endless = (): { stream: ReadableStream<Uint8Array>; taken: () => number; cancelled: () => boolean } => {
  let taken = 0
  let cancelled = false
  const stream = new ReadableStream<Uint8Array>({
    pull(controller) {
      taken += 1_000
      controller.enqueue(new Uint8Array(1_000).fill(32))
    },
    cancel() {
      cancelled = true
    },
  })
  return { stream, taken: () => taken, cancelled: () => cancelled }
}

test('a body of the right shape is read, with its defaults', async () => {
  const outcome = await readBody(post('{"workers": 3}', 'application/json; charset=UTF-8'), schema)
  assert.deepEqual(outcome, { ok: true, value: { workers: 3, kind: 'a' } })
})

test('only JSON in UTF-8 is accepted', async () => {
  const types = [null, 'text/plain', 'application/x-www-form-urlencoded', 'application/json; charset=utf-16', 'json']
  for (const type of types) assert.equal(await codeOf(post('{"workers":1}', type)), 'unsupported-media-type', `${type}`)
  assert.equal(await codeOf(post('{"workers":1}', 'application/merge-patch+json')), 'ok')
})

test('a compressed body is refused as such, not as text that makes no sense', async () => {
  const request = post(new Uint8Array([0x1f, 0x8b, 8]))
  request.headers.set('content-encoding', 'gzip')
  const outcome = await readBody(request, schema)
  assert.ok(!outcome.ok)
  assert.equal(outcome.failure.code, 'unsupported-media-type')
  assert.match(outcome.failure.detail, /gzip/)
  const plain = post('{"workers":1}')
  plain.headers.set('content-encoding', 'identity')
  assert.equal(await codeOf(plain), 'ok')
})

test('what is not JSON, or not even text, is malformed', async () => {
  for (const body of ['', '{', '{"workers":1}}', 'workers=1', new Uint8Array([0x22, 0xff, 0x22])]) {
    assert.equal(await codeOf(post(body)), 'malformed-json')
  }
})

test('a body is read up to 64 kB and not further, with and without Content-Length', async () => {
  const fitting = `{"workers":1${' '.repeat(MAX_BODY_BYTES - 13)}}`
  assert.equal(fitting.length, MAX_BODY_BYTES)
  assert.equal(await codeOf(post(fitting)), 'ok')
  assert.equal(await codeOf(post(`${fitting} `)), 'body-too-large')
  const { stream, taken, cancelled } = endless()
  assert.equal(await codeOf(post(stream)), 'body-too-large')
  assert.ok(taken() < MAX_BODY_BYTES + 5_000)
  assert.ok(cancelled())
})

test('a body that its sender breaks off is malformed, not unexpected', async () => {
  const stream = new ReadableStream<Uint8Array>({
    pull: (controller) => controller.error(Object.assign(new Error('aborted'), { code: 'ECONNRESET' })),
  })
  assert.equal(await codeOf(post(stream)), 'malformed-request')
})

test('a body that was not read to its end is the last that its connection carries', async () => {
  const { stream } = endless()
  const outcome = await readBody(post(stream), schema)
  assert.ok(!outcome.ok)
  assert.equal(problemResponse(outcome.failure).headers.get('connection'), 'close')
})

test('a refusal names each field, what came and what is accepted', async () => {
  const outcome = await readBody(post('{"workers": 40, "kind": "c", "more": 1}'), schema)
  assert.ok(!outcome.ok)
  assert.equal(outcome.failure.code, 'invalid-input')
  const messages = Object.fromEntries((outcome.failure.errors ?? []).map(({ path, message }) => [path, message]))
  assert.match(messages.workers ?? '', /<=32; got 40/)
  assert.match(messages.kind ?? '', /"a"\|"b"; got "c"/)
  assert.ok('more' in messages)
})

test('a field that schemas would pass over in silence is refused', async () => {
  assert.equal(await codeOf(post('{"workers": 3, "__proto__": {"workers": 4}}')), 'invalid-input')
})

test('a long value is not repeated in full', async () => {
  const outcome = await readBody(post(JSON.stringify({ workers: 1, kind: 'x'.repeat(10_000) })), schema)
  assert.ok(!outcome.ok)
  assert.ok((outcome.failure.errors?.[0]?.message.length ?? 0) < 300)
})
