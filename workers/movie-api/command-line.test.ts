import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { DEFAULT_CONDITIONS } from '#lib/movies/conditions.ts'
import { readCommandLine } from './command-line.ts'

describe("the movie API's command line", () => {
  it('without flags listens on loopback, any free port, under the default conditions', () => {
    const read = readCommandLine([])
    assert.ok(read.kind === 'run')
    const { host, port, conditions } = read.options
    assert.deepEqual({ host, port, conditions }, { host: '127.0.0.1', port: 0, conditions: DEFAULT_CONDITIONS })
  })

  it('sets every flag, written with a space or an equals sign', () => {
    const read = readCommandLine(
      '--port 4010 --host=::1 --database x.sqlite --latency 20 --jitter=0.3 --rate-limit 40 --error-rate 0.1 --reset-rate=0.05 --stall-rate 0.2 --seed 7'.split(
        ' ',
      ),
    )
    assert.deepEqual(read, {
      kind: 'run',
      options: {
        host: '::1',
        port: 4010,
        database: 'x.sqlite',
        conditions: { latencyMs: 20, jitter: 0.3, rateLimit: 40, errors: 0.1, resets: 0.05, stalls: 0.2, seed: 7 },
      },
    })
  })

  it('refuses what is wrong by naming the flag, what came and what is accepted', () => {
    const refusals: [args: string[], said: RegExp][] = [
      [['--latency', 'fast'], /^--latency: milliseconds from 0 to 10000.*got 'fast'$/],
      [['--latency', '-5'], /^--latency: .*got '-5'$/],
      [['--latency'], /^--latency: .*got nothing$/],
      [['--port', '65536'], /^--port: a port from 0 to 65535.*got '65536'$/],
      [['--port='], /^--port: .*got ''$/],
      [['--error-rate', '2'], /^--error-rate: a share from 0 to 1; got '2'$/],
      [['--error-rate', '0.6', '--stall-rate', '0.6'], /together are at most 1; got 1\.2$/],
      [['--latncy', '5'], /^--latncy is unknown; accepted are --port, .*--latency/],
      [['-p', '5'], /^-p is unknown/],
      [['4010'], /^'4010' belongs to no flag/],
      [['--constructor', '1'], /^--constructor is unknown/],
    ]
    for (const [args, said] of refusals) {
      const read = readCommandLine(args)
      assert.ok(read.kind === 'refused', args.join(' '))
      assert.match(read.message, said)
    }
  })

  it('explains each flag', () => {
    const read = readCommandLine(['--port', '1', '--help'])
    assert.ok(read.kind === 'help')
    for (const flag of [
      'port',
      'host',
      'latency',
      'jitter',
      'rate-limit',
      'error-rate',
      'reset-rate',
      'stall-rate',
      'seed',
    ])
      assert.ok(read.text.includes(`--${flag} `), flag)
  })

  it('is read or refused, never thrown at', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof(
            fc.string(),
            fc.string().map((text) => `--${text}`),
          ),
        ),
        (args) => {
          readCommandLine(args)
        },
      ),
    )
  })
})
