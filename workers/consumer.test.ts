/** `npm run worker`: two consumer programs, as they would run on two other machines, over one Redis and one PostgreSQL. */
import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { after, describe, it } from 'node:test'
import { stageOf } from './experiments/producer-consumer/flow-fixture.ts'
import { testServers } from './experiments/producer-consumer/servers-fixture.ts'
import { handler } from './experiments/producer-consumer.ts'

const servers = testServers(2)
const PROGRAM = path.join(import.meta.dirname, 'consumer.ts')
const FLOW = {
  queue: 'redis',
  database: 'postgres',
  messages: 2_000,
  arrivals: 'steady',
  ratePerSecond: 1_000,
  consumers: 1,
  batchSize: 10,
  writeLatencyMs: 5,
}

class Program {
  readonly child: ChildProcess
  said = ''
  #listen: () => void = () => undefined

  constructor(environment: NodeJS.ProcessEnv = process.env) {
    this.child = spawn(process.execPath, [PROGRAM, '--once'], { env: environment, stdio: ['ignore', 'pipe', 'pipe'] })
    for (const stream of [this.child.stdout, this.child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        this.said += text
        this.#listen()
      })
    }
  }

  saying(words: RegExp): Promise<void> {
    return new Promise((resolve) => {
      this.#listen = () => words.test(this.said) && resolve()
      this.#listen()
    })
  }

  async end(): Promise<void> {
    if (this.child.exitCode === null && this.child.signalCode === null) await once(this.child, 'exit')
  }

  get written(): number {
    return Number(/Done: ([\d,]+) messages/.exec(this.said)?.[1]?.replaceAll(',', ''))
  }
}

const programs: Program[] = []
const start = async (count: number): Promise<Program[]> => {
  const started = Array.from({ length: count }, () => new Program())
  programs.push(...started)
  await Promise.all(started.map((program) => program.saying(/Waiting for flows/)))
  return started
}

after(() => {
  for (const { child } of programs) child.kill('SIGKILL')
})

describe('consumer programs of other machines', { skip: servers.skip, timeout: 60_000 }, () => {
  it('join a flow, write what they take, and are counted; every message is written once', async () => {
    const others = await start(2)
    using stage = stageOf(FLOW)
    const result = await handler(stage.context)
    await Promise.all(others.map((program) => program.end()))
    assert.equal(result.written, 2_000)
    assert.equal(result.lost + result.dropped + result.rejected, 0)
    assert.deepEqual(result.remote, { consumers: 2 })
    for (const { written } of others) assert.ok(written > 0)
    assert.equal(
      result.histogram.reduce((sum, bin) => sum + bin.count, 0),
      2_000,
      'the latency of what they wrote is counted, too',
    )
    assert.ok(result.findings.some(({ code, values }) => code === 'remote' && values.consumers === 2))
  })

  it('lose nothing when one of them is killed: what it held is claimed back', async () => {
    const [first, second] = await start(2)
    assert.ok(first && second)
    using stage = stageOf(FLOW)
    const running = handler(stage.context)
    await first.saying(/Joining/)
    while (!stage.told.counters.some(({ name }) => name === 'rate-out'))
      await new Promise((resolve) => setTimeout(resolve, 10))
    first.child.kill('SIGKILL')
    const result = await running
    await Promise.all([first.end(), second.end()])
    assert.equal(result.written, 2_000)
    assert.equal(result.produced, 2_000)
  })
})

describe('a consumer program without servers', { timeout: 30_000 }, () => {
  it('says what it needs, without the address it was given', async () => {
    const without = new Program({ ...process.env, REDIS_URL: '', DATABASE_URL: '' })
    const wrong = new Program({
      ...process.env,
      REDIS_URL: 'redis://user:hidden-word@127.0.0.1:9',
      DATABASE_URL: 'postgres://x',
    })
    programs.push(without, wrong)
    await Promise.all([without.end(), wrong.end()])
    assert.match(without.said, /DATABASE_URL is not set/)
    assert.match(wrong.said, /ECONNREFUSED/)
    assert.ok(!wrong.said.includes('hidden-word'))
    assert.deepEqual([without.child.exitCode, wrong.child.exitCode], [1, 1])
  })
})
