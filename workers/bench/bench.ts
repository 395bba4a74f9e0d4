/**
 * `npm run bench`: measures the figures against their baselines and peers in the same run, in interleaved rounds, and prints a
 * Markdown table. `--only name` takes the figures whose name has that in it, `--quick` fewer rounds, `--seed n` another order.
 */
import { availableParallelism, cpus, loadavg } from 'node:os'
import { parseArgs } from 'node:util'
import { figures } from './figures.ts'
import { TABLE_HEAD, tableRow } from './table.ts'

const ROUNDS = 15
const QUICK_ROUNDS = 6

const { values } = parseArgs({
  options: { only: { type: 'string' }, quick: { type: 'boolean' }, seed: { type: 'string', default: '1' } },
})
const seed = Number(values.seed)
const chosen = figures.filter(({ name }) => name.includes(values.only ?? ''))
if (chosen.length === 0 || !Number.isSafeInteger(seed)) {
  console.error(`--only takes a part of one of: ${figures.map(({ name }) => name).join(', ')}; --seed an integer`)
  process.exit(2)
}

const interrupted = new AbortController()
process.once('SIGINT', () => interrupted.abort(new Error('interrupted')))

const rounds = values.quick ? QUICK_ROUNDS : ROUNDS
const [load = 0] = loadavg()
console.log(
  `${cpus()[0]?.model ?? 'unknown processor'}, ${availableParallelism()} cores, Node ${process.versions.node}; ${rounds} interleaved rounds after 2 of warm-up, seed ${seed}; load before ${load.toFixed(2)}`,
)
console.log(`\n${TABLE_HEAD.join('\n')}`)
for (const figure of chosen) {
  for (const row of await figure.run({ rounds, seed, signal: interrupted.signal })) console.log(tableRow(row))
}
// Not only the end of this module: a published pool that did not close would keep the process.
process.exit()
