/**
 * Executes movie-search: starts each strategy's workers once, then in interleaved rounds the same requests by each. No cache,
 * no sharing between strategies: every round asks the movie API for everything.
 */
import type { Movie } from '#lib/contract/movie.ts'
import { STRATEGIES, type Strategy } from '#lib/contract/strategy.ts'
import { buildComparison, findChecksumMismatch } from '#lib/experiments/comparison.ts'
import {
  type MovieSearchResult,
  type MovieSearchRunParams,
  movieSearchResultSchema,
} from '#lib/experiments/movie-search.ts'
import { askedToEmulate, conditionsOf } from '#lib/experiments/movie-search-conditions.ts'
import { movieSearchFindings } from '#lib/experiments/movie-search-findings.ts'
import { type Allowance, type LatencySource, predictRoundMs } from '#lib/experiments/movie-search-model.ts'
import { withConditions } from '#lib/movies/conditions.ts'
import { runPart } from '#lib/movies/rate-share.ts'
import type { MovieApiSettings } from '#lib/movies/settings.ts'
import { median } from '#lib/statistics/median.ts'
import { efficiencyOf } from '#lib/trace/efficiency.ts'
import type { Executor } from '../executors/executor.ts'
import { type Contender, type Measurement, runInterleavedRounds } from '../measuring/interleaved-rounds.ts'
import { failuresOf, ListWatch } from '../movies/failures-of-run.ts'
import { type FanOut, fanOut } from '../movies/fan-out.ts'
import { movieChecksums } from '../movies/movie-checksums.ts'
import { requestsInFlight } from '../movies/requests-in-flight.ts'
import { roundCpuMs } from '../movies/round-cpu.ts'
import { startSearching } from '../movies/start-searching.ts'
import { workerClient } from '../movies/worker-client.ts'
import { storageFailureOf } from '../workloads/storage-failure.ts'
import { type Handler, type RunContext, RunFailure } from './run-context.ts'

type Context = RunContext<MovieSearchRunParams>

interface Search extends Measurement {
  answer: FanOut
  cpuMs: number
}

interface Started {
  strategy: Strategy
  executor: Executor
  startupMs: number
}

export const handler: Handler<MovieSearchRunParams, MovieSearchResult> = async (context) => {
  const { params, signal, emit } = context
  const movieApi = underConditions(context)
  await using running = new AsyncDisposableStack()
  // In one order whatever the form sent, so that charts and rounds of equal runs are alike.
  const strategies = STRATEGIES.filter((strategy) => params.strategies.includes(strategy))
  const started: Started[] = []
  for (const [done, strategy] of strategies.entries()) {
    signal.throwIfAborted()
    const progress = { label: 'starting', values: { key: strategy }, remainingMs: null }
    emit.progress({ ...progress, done, total: strategies.length })
    started.push(await start(strategy, context, running))
  }
  const lists = new ListWatch(askedToEmulate(params).length > 0)
  const { measurements, samplesMs } = await runInterleavedRounds({
    contenders: started.map((one) => contenderOf(one, context, movieApi, lists)),
    warmup: params.warmup,
    rounds: params.rounds,
    seed: params.seed,
    signal,
    emit,
  })
  return resultOf(context, movieApi, started, measurements, samplesMs)
}

const underConditions = ({ movieApi, params }: Context): MovieApiSettings =>
  movieApi.mode === 'embedded'
    ? { ...movieApi, baseUrl: withConditions(movieApi.baseUrl, { ...conditionsOf(params), seed: params.seed }) }
    : movieApi

const start = async (strategy: Strategy, context: Context, running: AsyncDisposableStack): Promise<Started> => {
  const { params, clock, signal, emit } = context
  try {
    const { executor, startupMs, spans } = await startSearching(strategy, {
      workers: params.workers,
      originNs: clock.originNs,
      signal,
    })
    running.use(executor)
    for (const lane of executor.lanes()) emit.lane(lane)
    emit.spans({ spans })
    return { strategy, executor, startupMs }
  } catch (error) {
    if (storageFailureOf(error) !== null) throw error
    throw new RunFailure('crashed', `The workers of ${strategy} could not be started`, { cause: error })
  }
}

const contenderOf = (
  { strategy, executor }: Started,
  { params, signal, emit }: Context,
  movieApi: MovieApiSettings,
  lists: ListWatch,
): Contender<Search> => {
  const client = workerClient(movieApi, 'run', strategy, params.workers)
  const lanes = executor.lanes().length
  return {
    key: strategy,
    run: async (round) => {
      const cpu = await roundCpuMs(executor)
      const answer = await fanOut(executor, {
        client,
        query: { query: params.query },
        firstPage: 1,
        pages: params.pages,
        signal,
        round,
      })
      signal.throwIfAborted()
      // One that was replaced between two requests was started in the middle of what is measured.
      if (answer.workerDied !== null || executor.lanes().length !== lanes) {
        throw new RunFailure('crashed', `A worker of ${strategy} ended: ${answer.workerDied ?? 'it was replaced'}`)
      }
      const failure = lists.failureThatEnds(answer)
      if (failure) throw new RunFailure('movie-api', `${failure.code}: ${failure.message}`)
      emit.spans({ spans: answer.spans })
      emit.counters([requestsInFlight(strategy, answer.reports)])
      const requests = answer.phases[0] + answer.phases[1]
      const failed = answer.failures.length + answer.pageFailures.length
      const fields = { requests, failed }
      return { elapsedMs: answer.elapsedMs, fields, answer, cpuMs: await cpu(answer.reports) }
    },
  }
}

const failedIn = ({ answer }: Search): number => answer.failures.length + answer.pageFailures.length
const sentIn = ({ answer }: Search): number => answer.phases[0] + answer.phases[1]

/** Useful is the time in which a worker had a request under way: waiting is this work. */
const efficiencyIn = (search: Search, workers: number) => {
  const useful = new Array<number>(workers).fill(0)
  for (const { worker, startedUs, finishedUs } of search.answer.reports) {
    useful[worker] = (useful[worker] ?? 0) + (finishedUs - startedUs) / 1000
  }
  return efficiencyOf(useful, search.elapsedMs)
}

/** What limits the pace: the emulated limit, which fills up in pauses, or the run's part of the real API's allowance. */
const allowanceOf = ({ params, movieApi }: Context): Allowance | null => {
  const perSecond = movieApi.mode === 'embedded' ? params.rateLimitPerSecond : runPart(movieApi)
  return perSecond === null ? null : { perSecond, burst: movieApi.mode === 'embedded' ? perSecond : 0 }
}

/** The emulated distribution; else what one request took where nothing else was under way. */
const latencySource = (context: Context, searches: ReadonlyMap<string, Search[]>): LatencySource => {
  if (context.movieApi.mode === 'embedded') return { kind: 'emulated', ...context.params }
  const reports = searches.get('sequential')?.flatMap(({ answer }) => answer.reports) ?? []
  return {
    kind: 'measured',
    requestMs: reports.map(({ startedUs, finishedUs, spans }) => {
      const waitedUs = spans.reduce((sum, span) => sum + (span.kind === 'wait' ? span.durationUs : 0), 0)
      return (finishedUs - startedUs - waitedUs) / 1000
    }),
  }
}

const resultOf = (
  context: Context,
  movieApi: MovieApiSettings,
  started: readonly Started[],
  searches: ReadonlyMap<string, Search[]>,
  samplesMs: ReadonlyMap<string, number[]>,
): MovieSearchResult => {
  const { params } = context
  const all = [...searches.values()].flat()
  const fullest = all.reduce((best, search) =>
    search.answer.complete.length > best.answer.complete.length ? search : best,
  )
  const phases = fullest.answer.phases
  const source = latencySource(context, searches)
  const allowance = allowanceOf(context)
  const checksums = movieChecksums(
    new Map([...searches].map(([key, own]) => [key, own.flatMap(({ answer }) => answer.complete)])),
  )
  const mismatch = findChecksumMismatch([...checksums].map(([key, checksum]) => ({ key, checksum })))
  if (mismatch) {
    const { expected, actual } = mismatch
    throw new RunFailure('checksum-mismatch', `${expected.key} and ${actual.key} were told different facts of one film`)
  }
  const comparison = buildComparison({
    seed: params.seed,
    warmup: params.warmup,
    measured: started.map(({ strategy, startupMs }) => {
      const own = searches.get(strategy) ?? []
      const workers = strategy === 'sequential' ? 1 : params.workers
      const [typical] = [...own].sort((a, b) => a.elapsedMs - b.elapsedMs).slice(Math.floor((own.length - 1) / 2))
      return {
        key: strategy,
        strategy,
        workers,
        samplesMs: samplesMs.get(strategy) ?? [],
        startupMs,
        cpuMs: median(own.map((search) => search.cpuMs)),
        modelMs: predictRoundMs(strategy, workers, phases, source, allowance),
        efficiency: typical ? efficiencyIn(typical, workers) : null,
        checksum: checksums.get(strategy) ?? null,
        extra: {
          requests: Math.max(...own.map(sentIn)),
          failed: own.reduce((sum, search) => sum + failedIn(search), 0),
        },
      }
    }),
  })
  const movies: Movie[] = fullest.answer.movies
  const requestMs =
    source.kind === 'emulated' ? source.latencyMs : source.requestMs.length > 0 ? median(source.requestMs) : 0
  return movieSearchResultSchema.parse({
    movies,
    ...failuresOf(all.map(({ answer }) => answer)),
    requests: phases[0] + phases[1],
    totalResults: fullest.answer.found?.totalResults ?? movies.length,
    comparison,
    findings: movieSearchFindings({
      comparison,
      workers: params.workers,
      films: phases[1],
      sent: all.reduce((sum, search) => sum + sentIn(search), 0),
      failed: all.reduce((sum, search) => sum + failedIn(search), 0),
      requestsPerSecond: allowance?.perSecond ?? null,
      emulated: movieApi.mode === 'embedded',
      withoutList: all.filter(({ answer }) => answer.found === null).length,
      searches: all.length,
    }),
    sweep: null,
    movieApi: { mode: movieApi.mode, emulatedLatencyMs: movieApi.mode === 'embedded' ? params.latencyMs : null },
    model: requestMs > 0 ? { source: source.kind, requestMs } : null,
  } satisfies Record<keyof MovieSearchResult, unknown>)
}
