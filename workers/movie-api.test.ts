import assert from 'node:assert/strict'
import { type ChildProcess, fork, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import path from 'node:path'
import { text } from 'node:stream/consumers'
import { describe, it } from 'node:test'
import { movieApiMessageSchema } from '#lib/contract/movie-api-message.ts'

const program = path.join(import.meta.dirname, 'movie-api.ts')

/** A forked program that is killed at the end of its test, should it still be there. */
const start = (args: readonly string[]) => {
  const child = fork(program, args, { stdio: ['ignore', 'ignore', 'pipe', 'ipc'] })
  const exit = once(child, 'exit')
  return {
    child,
    exit: async (): Promise<number | null> => (await exit)[0],
    message: async () => movieApiMessageSchema.parse((await once(child, 'message'))[0]),
    [Symbol.asyncDispose]: async () => {
      child.kill('SIGKILL')
      await exit
    },
  }
}

const urlOf = async (program: ReturnType<typeof start>): Promise<string> => {
  const message = await program.message()
  assert.ok(message.type === 'ready')
  return message.url
}

/** A connection on which an answer has begun and never ends. */
const openStalled = async (url: string): Promise<ReadableStreamDefaultReader> => {
  const response = await fetch(`${url.replace('/3', '/with/latency=0,stalls=1/3')}/movie/1?api_key=any`)
  const reader = response.body?.getReader()
  assert.ok(reader)
  await reader.read()
  return reader
}

const endsBy = async (end: (child: ChildProcess) => void): Promise<void> => {
  await using api = start([])
  const stalled = await openStalled(await urlOf(api))
  end(api.child)
  assert.equal(await api.exit(), 0)
  await assert.rejects(stalled.read())
}

describe('the program of the embedded movie API', () => {
  it('tells its parent where it listens, and answers there', async () => {
    await using api = start(['--latency', '0'])
    const url = await urlOf(api)
    assert.match(url, /^http:\/\/127\.0\.0\.1:\d+\/3$/)
    const response = await fetch(`${url}/search/movie?query=alien&api_key=any`)
    const body = await response.json()
    assert.equal(body.results[0].title, 'Alien')
  })

  it('ends on SIGTERM while a connection is open', () => endsBy((child) => void child.kill('SIGTERM')))

  it('ends on SIGINT while a connection is open', () => endsBy((child) => void child.kill('SIGINT')))

  it('ends when its parent is gone', () => endsBy((child) => child.disconnect()))

  it('says why it does not start: a wrong flag', async () => {
    await using api = start(['--latency', 'slow'])
    const [message, code] = await Promise.all([api.message(), api.exit()])
    assert.ok(message.type === 'failed')
    assert.match(message.message, /--latency: .*got 'slow'/)
    assert.equal(code, 2)
  })

  it('says why it does not start: the port is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    await once(other, 'listening')
    const address = other.address()
    assert.ok(address !== null && typeof address === 'object')
    await using api = start(['--port', String(address.port)])
    const [message, code] = await Promise.all([api.message(), api.exit()])
    assert.ok(message.type === 'failed')
    assert.match(message.message, /EADDRINUSE/)
    assert.equal(code, 1)
    other.close()
  })

  it('prints its address and conditions when it is started by hand', async () => {
    const child = spawn(process.execPath, [program, '--latency', '5'], { stdio: ['ignore', 'pipe', 'inherit'] })
    const [line] = await once(child.stdout, 'data')
    child.kill('SIGTERM')
    assert.match(String(line), /http:\/\/127\.0\.0\.1:\d+\/3, emulated conditions: latency=5,/)
    assert.deepEqual(await once(child, 'exit'), [0, null])
  })

  it('explains itself', async () => {
    const child = spawn(process.execPath, [program, '--help'], { stdio: ['ignore', 'pipe', 'inherit'] })
    const [printed, [code]] = await Promise.all([text(child.stdout), once(child, 'exit')])
    assert.match(printed, /--rate-limit/)
    assert.equal(code, 0)
  })
})
