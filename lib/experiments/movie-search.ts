/**
 * The same search for films, executed by each strategy: one request per page of results and one per film for its details
 * and credits. Defines the parameters, the result, the estimate and what may be asked before a run.
 */
import { z } from 'zod'
import { comparisonSchema, entrySchema, findingSchema } from '../contract/comparison.ts'
import { movieFailureSchema, movieSchema, pageFailureSchema } from '../contract/movie.ts'
import { STRATEGIES, strategiesSchema } from '../contract/strategy.ts'
import { headlineOf } from './comparison-findings.ts'
import { defineExperiment, type ParamMeta } from './experiment.ts'
import { askedToEmulate, expectedTrouble } from './movie-search-conditions.ts'
import { movieSearchQuestions } from './movie-search-questions.ts'
import { roundsParam, seedParam, warmupParam } from './rounds-params.ts'
import { workersAtOnce, workersOf } from './workers-at-once.ts'

export const movieSearchRunParamsSchema = z.strictObject({
  query: z
    .string()
    .trim()
    .min(1, 'a query of 1 to 200 characters is needed')
    .max(200, 'a query of 1 to 200 characters is needed')
    .default('star')
    .meta({ control: 'text', section: 'basic' } satisfies ParamMeta),
  strategies: strategiesSchema
    .default([...STRATEGIES])
    .meta({ control: 'choices', section: 'basic' } satisfies ParamMeta),
  workers: z
    .int()
    .min(1)
    .max(32)
    .default(8)
    .meta({ control: 'slider', unit: 'workers', section: 'basic' } satisfies ParamMeta),
  pages: z
    .int()
    .min(1)
    .max(3)
    .default(1)
    .meta({ control: 'slider', unit: 'pages', section: 'basic' } satisfies ParamMeta),
  latencyMs: z
    .int()
    .min(0)
    .max(1000)
    .default(80)
    .meta({ control: 'slider', unit: 'ms', section: 'basic' } satisfies ParamMeta),
  rateLimitPerSecond: z
    .int()
    .min(1)
    .max(1000)
    .nullable()
    .default(null)
    .meta({ unit: 'per-second', section: 'advanced' } satisfies ParamMeta),
  errorShare: z
    .number()
    .min(0)
    .max(0.5)
    .default(0)
    .meta({ control: 'slider', unit: 'share', step: 0.01, section: 'advanced' } satisfies ParamMeta),
  resetShare: z
    .number()
    .min(0)
    .max(0.3)
    .default(0)
    .meta({ control: 'slider', unit: 'share', step: 0.01, section: 'advanced' } satisfies ParamMeta),
  stallShare: z
    .number()
    .min(0)
    .max(0.2)
    .default(0)
    .meta({ control: 'slider', unit: 'share', step: 0.01, section: 'advanced' } satisfies ParamMeta),
  rounds: roundsParam(),
  warmup: warmupParam(),
  seed: seedParam(),
})
export type MovieSearchRunParams = z.output<typeof movieSearchRunParamsSchema>

export const movieSearchEntrySchema = entrySchema.extend({
  /** Sent by this strategy in its last measured round. */
  requests: z.int().nonnegative(),
  /** Of these, the ones that brought no answer after retrying. */
  failed: z.int().nonnegative(),
})
export type MovieSearchEntry = z.infer<typeof movieSearchEntrySchema>

export const movieSearchResultSchema = z.object({
  movies: z.array(movieSchema),
  /** Films whose details did not come in at least one search, once for each reason; the rest is in `movies`. */
  failures: z.array(movieFailureSchema),
  /** Pages of the list that did not come in at least one search, once for each reason. */
  pageFailures: z.array(pageFailureSchema),
  /** A round: one per page of results and one per film, credits appended. */
  requests: z.int().nonnegative(),
  totalResults: z.int().nonnegative(),
  comparison: comparisonSchema.extend({ entries: z.array(movieSearchEntrySchema).min(1) }),
  findings: z.array(findingSchema),
  sweep: z.null(),
  /** Which API answered; `emulatedLatencyMs` is null where the latency is a real network's. */
  movieApi: z.object({ mode: z.enum(['embedded', 'tmdb', 'custom']), emulatedLatencyMs: z.number().nullable() }),
  /** What the prediction is made from: the emulated distribution, or request times measured in this very run. */
  model: z.object({ source: z.enum(['emulated', 'measured']), requestMs: z.number().nonnegative() }).nullable(),
})
export type MovieSearchResult = z.infer<typeof movieSearchResultSchema>

/** Start-up of one worker, in milliseconds of a core: measured on Node 26, type stripping and module loading included. */
const STARTUP_CPU_MS = { sequential: 120, async: 120, threads: 120, processes: 220 } as const
/** What one request costs the machine besides waiting: both ends of the connection and parsing, in milliseconds of a core. */
const REQUEST_CPU_MS = 3
/** A page of results holds 20 films. */
const FILMS_PER_PAGE = 20

const estimateMs = (params: MovieSearchRunParams, cpus: number): number => {
  const films = params.pages * FILMS_PER_PAGE
  let roundMs = 0
  let startupMs = 0
  for (const strategy of params.strategies) {
    const atOnce = strategy === 'sequential' ? 1 : params.workers
    const turns = Math.ceil(params.pages / atOnce) + Math.ceil(films / atOnce)
    const requests = params.pages + films
    const { extraMs, attempts } = expectedTrouble(params, requests, turns)
    const cpuMs = (attempts * REQUEST_CPU_MS) / Math.min(atOnce, cpus)
    const allowedMs = params.rateLimitPerSecond === null ? 0 : (attempts / params.rateLimitPerSecond) * 1000
    roundMs += Math.max(turns * params.latencyMs * 1.1 + extraMs, allowedMs) + cpuMs
    const started = workersOf(strategy, params.workers)
    startupMs += (started * STARTUP_CPU_MS[strategy]) / Math.min(started, cpus)
  }
  return Math.round(startupMs + roundMs * (params.rounds + params.warmup))
}

export const movieSearch = defineExperiment<typeof movieSearchRunParamsSchema, MovieSearchResult>({
  id: 'movie-search',
  params: movieSearchRunParamsSchema,
  result: movieSearchResultSchema,
  presets: [
    { id: 'quick', params: { query: 'star', workers: 4, pages: 1, latencyMs: 15, rounds: 6, warmup: 1 } },
    { id: 'network', params: { query: 'love', workers: 8, pages: 1, latencyMs: 80, rounds: 6, warmup: 1 } },
    { id: 'wide', params: { query: 'the', workers: 32, pages: 3, latencyMs: 80, rounds: 6, warmup: 1 } },
    {
      id: 'loop-or-threads',
      params: { query: 'night', strategies: ['async', 'threads'], workers: 8, pages: 1, latencyMs: 80, rounds: 16 },
    },
    { id: 'no-waiting', params: { query: 'man', workers: 8, pages: 1, latencyMs: 0, rounds: 12, warmup: 2 } },
  ],
  commands: [],
  estimateMs: (params, machine) => estimateMs(params, machine.cpus),
  workersAtOnce: ({ strategies, workers }) => workersAtOnce(strategies, [workers]),
  movieApi: (params) => ({ emulated: askedToEmulate(params) }),
  headline: (result) => headlineOf(result.comparison),
  questions: movieSearchQuestions,
})
