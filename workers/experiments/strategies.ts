/**
 * Executes `strategies`: starts each strategy's workers once, then in interleaved rounds the same work by each, forked and
 * joined; for a sweep every value of every strategy takes part in every round. Afterwards: where the time went, what theory
 * says, what copying costs.
 */
import { isCpuWorkload, type StrategiesParams, type StrategiesResult } from '#lib/experiments/strategies.ts'
import { strategiesFindings } from '#lib/experiments/strategies-findings.ts'
import { runInterleavedRounds } from '../measuring/interleaved-rounds.ts'
import { calibrateMixedTask } from '../workloads/mixed.ts'
import { storageFailureOf } from '../workloads/storage-failure.ts'
import { NO_INPUT } from '../workloads/workload.ts'
import { type Handler, type RunContext, RunFailure } from './run-context.ts'
import {
  cutOptionsOf,
  failureOf,
  measureRound,
  type Round,
  refuseDifferentAnswers,
} from './strategies/measure-round.ts'
import { makePictureTask } from './strategies/picture.ts'
import { figuresOf, type Measurements } from './strategies/result-of.ts'
import { startVariants, type Variant } from './strategies/variants.ts'
import { emulatedLatencyMs, needsApi, type Surroundings, workloadOf } from './strategies/workload-of.ts'

type Context = RunContext<StrategiesParams>

export const handler: Handler<StrategiesParams, StrategiesResult> = async (context) => {
  if (needsApi(context.params) && context.movieApi.mode !== 'embedded') {
    throw new RunFailure(
      'movie-api',
      'this workload measures against the embedded movie API, which is off while another one is set',
    )
  }
  try {
    return await compare(context)
  } catch (error) {
    // Of this thread's own: processes are handed their arguments in a file.
    const storage = error instanceof RunFailure ? null : storageFailureOf(error)
    throw storage ? new RunFailure('storage', storage.message, { cause: error }) : error
  }
}

const compare = async (context: Context): Promise<StrategiesResult> => {
  const { params, signal, emit, machine } = context
  await using running = new AsyncDisposableStack()
  const variants = await startVariants(context, running)
  const surroundings = await prepare(context, variants)
  const { measurements: rounds } = await runInterleavedRounds<Round>({
    contenders: variants.map((variant) => ({
      key: variant.key,
      run: (round) => measureRound(context, surroundings, variant, round),
    })),
    warmup: params.warmup,
    rounds: params.rounds,
    seed: params.seed,
    signal,
    emit,
  })
  refuseDifferentAnswers(variants, rounds)
  // Awaited here: the workers, which it still asks, end with this block.
  return await finish(context, surroundings, { params, cores: machine.cpus, variants, rounds })
}

const prepare = async ({ params, signal, folder, movieApi }: Context, [first]: Variant[]): Promise<Surroundings> => {
  const bare = {
    folder,
    movieApi: { ...movieApi, requestsPerSecond: null },
    numbersPerMs: 0,
    input: NO_INPUT,
  }
  if (!first) return bare
  const { key } = first
  const generated = await workloadOf(params, bare, first).generate(params, signal)
  signal.throwIfAborted()
  if (!generated.ok) throw failureOf(params, key, generated.error, 'input')
  if (params.workload !== 'mixed') return { ...bare, input: generated.value }
  // In a worker of its own while nothing else runs, so that every strategy does the same counted work.
  const calibrated = await first.executor.submit(calibrateMixedTask, null, { signal })
  signal.throwIfAborted()
  if (!calibrated.ok) throw failureOf(params, key, calibrated.error, 'calibration')
  return { ...bare, input: generated.value, numbersPerMs: calibrated.value }
}

const finish = async (
  context: Context,
  surroundings: Surroundings,
  measurements: Measurements,
): Promise<StrategiesResult> => {
  const { params, machine } = context
  const { losses, ...figures } = figuresOf(measurements)
  const own = measurements.variants.filter((variant) => variant.own)
  const copying = await copyingOf(context, surroundings, own)
  const latencyMs = emulatedLatencyMs(params, params.cpuShare)
  const partial = { ...figures, cores: machine.cpus, copying }
  const otherKind = params.workload === 'mixed' ? 'mixed' : 'io'
  return {
    ...partial,
    losses,
    findings: strategiesFindings({
      params,
      kind: isCpuWorkload(params.workload) ? 'cpu' : otherKind,
      result: partial,
    }),
    artefact: await artefactOf(context, measurements),
    emulated: latencyMs === null ? null : { latencyMs },
  }
}

const copyingOf = async (
  { params, signal }: Context,
  surroundings: Surroundings,
  own: readonly Variant[],
): Promise<StrategiesResult['copying']> => {
  const processes = own.find(({ strategy }) => strategy === 'processes')
  if (!processes) return null
  const cut = cutOptionsOf(params, surroundings, processes)
  const outcome = await workloadOf(params, surroundings, processes).copy(processes.executor, cut, signal)
  signal.throwIfAborted()
  if (!outcome.ok) throw failureOf(params, processes.key, outcome.error, 'copying')
  return outcome.value
}

const artefactOf = async ({ params, signal }: Context, { variants, rounds }: Measurements) => {
  const [first] = variants
  if (!first) return null
  if (params.workload !== 'image') return rounds.get(first.key)?.at(-1)?.fork.joined.artefact ?? null
  const outcome = await first.executor.submit(makePictureTask, { size: params.size, seed: params.seed }, { signal })
  return outcome.ok ? { ...outcome.value } : null
}
