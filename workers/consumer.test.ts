/** `npm run worker`: two consumer programs, as they would run on two other machines, over one Redis and one PostgreSQL. */
import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { after, describe, it } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { producerConsumerFindings } from '#lib/experiments/producer-consumer-findings.ts'
import { Flow, type FlowOutcome } from './experiments/producer-consumer/flow.ts'
import { type FlowFigures, figuresOf } from './experiments/producer-consumer/flow-figures.ts'
import { flowOptionsOf, type Stage, stageOf } from './experiments/producer-consumer/flow-fixture.ts'
import { openRedis } from './experiments/producer-consumer/redis-connection.ts'
import { reportsKey } from './experiments/producer-consumer/redis-flows.ts'
import { FIRST_REMOTE } from './experiments/producer-consumer/remote-flow.ts'
import { testServers } from './experiments/producer-consumer/servers-fixture.ts'
import { verifyRows } from './experiments/producer-consumer/verify.ts'

const servers = await testServers(2)
const real = { skip: servers.skip }
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

/** A flow that is announced and hasn't begun; `joined` waits until so many programs take part. */
const announce = async (stage: Stage) => {
  const flow = await Flow.prepare(flowOptionsOf(stage))
  const { queue } = flow.setting.places
  assert.ok(queue.kind === 'redis')
  const { stream } = queue
  const redis = await openRedis(servers.redisUrl)
  const joined = async (count: number): Promise<void> => {
    while (Number(await redis.command('HLEN', reportsKey(stream))) < count) await pause(10)
  }
  /** Entries that this consumer has taken and not acknowledged. */
  const held = async (consumer: string): Promise<number> => {
    const entries = await redis.command('XPENDING', stream, 'consumers', '-', '+', '1', consumer)
    return Array.isArray(entries) ? entries.length : 0
  }
  return { flow, joined, held, redis }
}

const proved = async (stage: Stage, outcome: FlowOutcome): Promise<FlowFigures> => {
  const request = { database: outcome.places.database, ordered: false, keys: [] }
  const answer = await verifyRows(request, stage.context.signal)
  assert.ok('verification' in answer)
  return figuresOf(stage.context.params, outcome, answer.verification)
}

describe('consumer programs of other machines', { timeout: 90_000 }, () => {
  it('join a flow, write what they take, and are counted; every message is written once', real, async () => {
    const others = await start(2)
    using stage = stageOf(FLOW)
    const { flow, joined, redis } = await announce(stage)
    await using disposal = new AsyncDisposableStack()
    disposal.use(redis)
    disposal.use(flow)
    await joined(2)
    const figures = await proved(stage, await flow.run())
    await Promise.all(others.map((program) => program.end()))
    assert.equal(figures.written, 2_000)
    assert.equal(figures.lost + figures.dropped + figures.rejected, 0)
    assert.deepEqual(figures.remote, { consumers: 2 })
    for (const { written } of others) assert.ok(written > 0)
    assert.equal(
      figures.histogram.reduce((sum, bin) => sum + bin.count, 0),
      2_000,
      'the latency of what they wrote is counted, too',
    )
    const findings = producerConsumerFindings(
      { ...figures, sweep: null, shown: { key: 'run', round: 0 }, overTime: null },
      stage.context.params,
    )
    assert.ok(findings.some(({ code, values }) => code === 'remote' && values.consumers === 2))
  })

  it('lose nothing when one of them is killed: what it held is claimed back', real, async () => {
    const [first] = await start(1)
    assert.ok(first)
    using stage = stageOf(FLOW)
    const { flow, joined, held, redis } = await announce(stage)
    await using disposal = new AsyncDisposableStack()
    disposal.use(redis)
    disposal.use(flow)
    // The first that joins has the first number.
    await joined(1)
    const [second] = await start(1)
    await joined(2)
    const running = flow.run()
    // Stopped before it is looked at: what it holds then it holds when it is killed.
    for (;;) {
      first.child.kill('SIGSTOP')
      if ((await held(`consumer-${FIRST_REMOTE + 1}`)) > 0) break
      first.child.kill('SIGCONT')
      await pause(1)
    }
    first.child.kill('SIGKILL')
    const figures = await proved(stage, await running)
    await Promise.all([first.end(), second?.end()])
    assert.equal(figures.written, 2_000)
    assert.equal(figures.produced, 2_000)
    assert.ok(figures.redelivered > 0)
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
