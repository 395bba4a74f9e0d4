/**
 * What takes part in every round: each strategy at the run's own parameters, and at each value of the sweep. Their workers are
 * started once; variants with equally many workers of one strategy share them.
 */
import { STRATEGIES, type Strategy } from '#lib/contract/strategy.ts'
import type { StrategiesParams } from '#lib/experiments/strategies.ts'
import { createExecutor } from '../../executors/create-executor.ts'
import type { Executor } from '../../executors/executor.ts'
import { startupSpansOf } from '../../executors/spans-of.ts'
import type { RunContext } from '../run-context.ts'

export interface Point {
  workers: number
  tasks: number
  cpuShare: number
  /** The run's own parameters, which the comparison is about. */
  own: boolean
  /** Of the sweep; null: no point of it. */
  value: number | null
}

export interface Variant extends Point {
  key: string
  strategy: Strategy
  executor: Executor
  startupMs: number
}

/** The run's own parameters first; where they are a point of the sweep as well, that point is not measured a second time. */
export const pointsOf = (
  { tasks, cpuShare, sweep }: Pick<StrategiesParams, 'tasks' | 'cpuShare' | 'sweep'>,
  workers: number,
): Point[] => {
  const settings = { workers, tasks, cpuShare }
  if (sweep === null) return [{ ...settings, own: true, value: null }]
  const { param, values } = sweep
  const ownValue = values.find((value) => value === settings[param]) ?? null
  return [
    { ...settings, own: true, value: ownValue },
    ...values
      .filter((value) => value !== ownValue)
      .map((value) => ({ ...settings, [param]: value, own: false, value })),
  ]
}

export const isSamePoint = (one: Point, other: Point): boolean => one.own === other.own && one.value === other.value

export const startVariants = async (
  { params, signal, clock, emit, machine }: RunContext<StrategiesParams>,
  running: AsyncDisposableStack,
): Promise<Variant[]> => {
  const points = pointsOf(params, params.workers ?? machine.cpus)
  const executors = new Map<string, Pick<Variant, 'executor' | 'startupMs'>>()
  const variants: Variant[] = []
  // In one order whatever the form sent, so that charts and rounds of equal runs are alike.
  for (const strategy of STRATEGIES.filter((one) => params.strategies.includes(one))) {
    for (const point of points) {
      const workers = strategy === 'sequential' ? 1 : point.workers
      const group = strategy === 'sequential' || workers === points[0]?.workers ? strategy : `${strategy}×${workers}`
      const started = executors.get(group) ?? (await startExecutor(strategy, workers, group))
      executors.set(group, started)
      const key = point.own ? strategy : `${strategy}@${point.value}`
      variants.push({ ...point, ...started, key, strategy, workers })
    }
  }
  return variants

  async function startExecutor(strategy: Strategy, workers: number, group: string) {
    signal.throwIfAborted()
    emit.progress({ done: executors.size, total: 0, label: 'starting', values: { key: group }, remainingMs: null })
    const executor = running.use(createExecutor(strategy, { workers, originNs: clock.originNs, group }))
    const { startupUs } = await executor.start()
    for (const lane of executor.lanes()) emit.lane(lane)
    emit.spans({ spans: startupSpansOf(executor) })
    return { executor, startupMs: startupUs / 1000 }
  }
}
