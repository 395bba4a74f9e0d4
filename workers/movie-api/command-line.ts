/** The embedded movie API's settings from its command line. A wrong flag is refused by naming it, what came and what is accepted. */
import { parseArgs } from 'node:util'
import {
  CONDITION_FIELDS,
  checkConditions,
  DEFAULT_CONDITIONS,
  type MovieApiConditions,
  parseConditionValue,
} from '#lib/movies/conditions.ts'
import { MOVIE_DATABASE_PATH } from './ensure-movie-database.ts'

export interface MovieApiOptions {
  host: string
  port: number
  database: string
  conditions: MovieApiConditions
}

export type CommandLine =
  | { kind: 'run'; options: MovieApiOptions }
  | { kind: 'help'; text: string }
  | { kind: 'refused'; message: string }

/** The names of the conditions as flags; in a base URL they are shorter. */
const CONDITION_FLAGS: Readonly<Record<string, keyof MovieApiConditions>> = {
  latency: 'latencyMs',
  jitter: 'jitter',
  'rate-limit': 'rateLimit',
  'error-rate': 'errors',
  'reset-rate': 'resets',
  'stall-rate': 'stalls',
  seed: 'seed',
}

interface Flag {
  accepted: string
  initial: string
  /** False when the value isn't accepted. */
  set(options: MovieApiOptions, value: string): boolean
}

const defaults = (): MovieApiOptions => ({
  host: '127.0.0.1',
  port: 0,
  database: MOVIE_DATABASE_PATH,
  conditions: { ...DEFAULT_CONDITIONS },
})

const conditionFlag = (field: keyof MovieApiConditions): Flag => {
  const rule = CONDITION_FIELDS.find((candidate) => candidate.field === field)
  if (!rule) throw new Error(`no rule for the condition ${field}`)
  return {
    accepted: rule.accepted,
    initial: String(DEFAULT_CONDITIONS[field]),
    set(options, text) {
      const value = parseConditionValue(rule, text)
      if (value !== null) options.conditions[field] = value
      return value !== null
    },
  }
}

const FLAGS: Readonly<Record<string, Flag>> = {
  port: {
    accepted: 'a port from 0 to 65535, 0 for any free one',
    initial: '0',
    set(options, text) {
      const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN
      if (port <= 65_535) options.port = port
      return port <= 65_535
    },
  },
  host: {
    accepted: 'an address of this machine to listen on',
    initial: '127.0.0.1',
    set(options, text) {
      options.host = text
      return text !== ''
    },
  },
  database: {
    accepted: 'the path of the film database, which is built when it is missing',
    initial: '.cache/movies.sqlite',
    set(options, text) {
      options.database = text
      return text !== ''
    },
  },
  ...Object.fromEntries(Object.entries(CONDITION_FLAGS).map(([name, field]) => [name, conditionFlag(field)])),
}

const HELP = `The embedded movie API: 3,201 films over HTTP as TMDB v3 gives them, under emulated conditions.

  node workers/movie-api.ts [--flag value] …

${Object.entries(FLAGS)
  .map(([name, { accepted, initial }]) => `  --${name.padEnd(12)} ${accepted} (default: ${initial})`)
  .join('\n')}
  --help         this text

Any non-empty key is accepted, but for 'invalid'. A path can name conditions of its own:
  http://HOST:PORT/with/latency=20,errors=0.1/3/search/movie?query=alien&api_key=any
`

export const readCommandLine = (args: readonly string[]): CommandLine => {
  const { tokens } = parseArgs({
    args: [...args],
    strict: false,
    tokens: true,
    options: {
      ...Object.fromEntries(Object.keys(FLAGS).map((name) => [name, { type: 'string' as const }])),
      help: { type: 'boolean' as const },
    },
  })
  const options = defaults()
  const refuse = (message: string): CommandLine => ({ kind: 'refused', message })
  for (const token of tokens) {
    if (token.kind === 'option-terminator') continue
    const names = `accepted are ${Object.keys(FLAGS)
      .map((name) => `--${name}`)
      .join(', ')} and --help`
    if (token.kind === 'positional') return refuse(`'${token.value}' belongs to no flag; ${names}`)
    if (token.name === 'help') return { kind: 'help', text: HELP }
    const flag = Object.hasOwn(FLAGS, token.name) ? FLAGS[token.name] : undefined
    if (!flag) return refuse(`${token.rawName} is unknown; ${names}`)
    if (token.value === undefined || !flag.set(options, token.value)) {
      const came = token.value === undefined ? 'nothing' : `'${token.value}'`
      return refuse(`--${token.name}: ${flag.accepted}; got ${came}`)
    }
  }
  const [excess] = checkConditions(options.conditions)
  return excess ? refuse(`--error-rate: ${excess.message}`) : { kind: 'run', options }
}
