/** What the commands do when they are stopped in the middle, with real processes: nothing goes on, and nothing is left behind. */
import assert from 'node:assert/strict'
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type TestContext, test } from 'node:test'

const script = (name: string): string => JSON.stringify(new URL(`./${name}`, import.meta.url).href)
const SECONDS = { timeout: 30_000 }

const IMPORTS = `
  import { runProgram } from ${script('run-program.js')}
  import { stopSignal } from ${script('stop-signal.js')}
  import { failWith } from ${script('fail-with.js')}
  import { serve } from ${script('serve.js')}
  const node = (program) => runProgram(process.execPath, ['-e', program])
`

/** A program on a signal's way: it tells that it runs, and ends well when it is told to, as servers and installers do. */
const POLITE = `process.on('SIGINT', () => process.exit(0)); process.on('SIGTERM', () => process.exit(0)); console.log('runs'); setInterval(() => 0, 1000)`

interface Sequence {
  process: ChildProcess
  output(): string
  /** Resolves when it has printed that. */
  printed(text: string): Promise<void>
  ended(): Promise<{ code: number | null; signal: string | null }>
}

const begin = (program: string, env: Record<string, string> = {}): Sequence => {
  const child = spawn(process.execPath, ['--input-type=module', '-e', IMPORTS + program], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  let wake = (): void => undefined
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text
      wake()
    })
  }
  const closed = once(child, 'close')
  return {
    process: child,
    output: () => output,
    printed: async (text) => {
      while (!output.includes(text)) {
        await Promise.race([new Promise<void>((resolve) => (wake = resolve)), closed])
        if (child.exitCode !== null && !output.includes(text)) throw new Error(`it ended without "${text}": ${output}`)
      }
    },
    ended: async () => {
      const [code, signal] = await closed
      return { code, signal }
    },
  }
}

const SEQUENCE = `
  try {
    await node(${JSON.stringify(POLITE)})
    console.log('went on')
  } catch (error) {
    failWith('the sequence', error)
  } finally {
    console.log('cleaned up')
  }
`

for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const) {
  test(
    `a sequence that ${signal} stops ends there, although its program ended well, and says so`,
    SECONDS,
    async () => {
      const sequence = begin(SEQUENCE)
      await sequence.printed('runs')
      sequence.process.kill(signal)
      assert.deepEqual(await sequence.ended(), { code, signal: null })
      assert.match(sequence.output(), /the sequence: stopped by SIG.*\ncleaned up/)
      assert.doesNotMatch(sequence.output(), /went on/)
    },
  )
}

test(
  'a signal between two programs is heard: the next one is not started, and what was begun is cleaned up',
  SECONDS,
  async () => {
    const sequence = begin(`
    try {
      await node('')
      console.log('between')
      await new Promise((resolve) => { const wait = setInterval(() => stopSignal.aborted && resolve(clearInterval(wait)), 5) })
      await node('console.log("started")')
    } catch (error) {
      failWith('the sequence', error)
    } finally {
      console.log('cleaned up')
    }
  `)
    await sequence.printed('between')
    sequence.process.kill('SIGTERM')
    assert.equal((await sequence.ended()).code, 143)
    assert.match(sequence.output(), /cleaned up/)
    assert.doesNotMatch(sequence.output(), /started/)
  },
)

test(
  'a program that dies of a signal by itself is a failure, and the sequence goes on to deal with it',
  SECONDS,
  async () => {
    const sequence = begin(`console.log(JSON.stringify(await node('process.kill(process.pid, "SIGTERM")')))`)
    assert.equal((await sequence.ended()).code, 0)
    assert.deepEqual(JSON.parse(sequence.output()), { code: 143, signal: 'SIGTERM' })
  },
)

test('a program that does not end is killed', SECONDS, async () => {
  const sequence = begin(SEQUENCE.replaceAll('process.exit(0)', '0'))
  await sequence.printed('runs')
  sequence.process.kill('SIGINT')
  assert.equal((await sequence.ended()).code, 130)
})

test('the end of whoever started the sequence ends it', SECONDS, async () => {
  const sequence = begin(`
    import { spawn } from 'node:child_process'
    const own = spawn(process.execPath, ['--input-type=module', '-e', ${JSON.stringify(IMPORTS + SEQUENCE)}], { stdio: 'inherit' })
  `)
  await sequence.printed('runs')
  sequence.process.kill('SIGKILL')
  // Its output is closed when the last process that holds it has ended.
  assert.deepEqual(await sequence.ended(), { code: null, signal: 'SIGKILL' })
  assert.match(sequence.output(), /cleaned up/)
})

test(
  'servers for the tests that are being started are ended with their data when the start is stopped',
  SECONDS,
  async (t: TestContext) => {
    const folder = mkdtempSync(path.join(tmpdir(), 'interleave-stopping-'))
    t.after(() => rmSync(folder, { recursive: true, force: true }))
    const [bin, temporary, pidPipe] = ['bin', 'tmp', 'pid'].map((name) => path.join(folder, name))
    assert.ok(bin && temporary && pidPipe)
    for (const one of [bin, temporary]) mkdirSync(one)
    // Read from a pipe the number comes when the server has started, and not before.
    execFileSync('mkfifo', [pidPipe])
    // A Redis that never listens.
    writeFileSync(path.join(bin, 'redis-server'), `#!/bin/sh\necho $$ > ${pidPipe}\necho up\nexec sleep 1000\n`, {
      mode: 0o755,
    })
    const sequence = begin(
      `
    import { ensureServers } from ${script('ensure-servers.js')}
    try {
      await ensureServers()
      console.log('went on')
    } catch (error) {
      failWith('the servers', error)
    }
  `,
      { PATH: `${bin}${path.delimiter}${process.env.PATH}`, TMPDIR: temporary },
    )
    const pid = Number(await readFile(pidPipe, 'utf8'))
    sequence.process.kill('SIGTERM')
    assert.equal((await sequence.ended()).code, 143)
    assert.doesNotMatch(sequence.output(), /went on/)
    assert.throws(() => process.kill(pid, 0), { code: 'ESRCH' })
    assert.deepEqual(readdirSync(temporary), [])
  },
)
