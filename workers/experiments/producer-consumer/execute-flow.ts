/** Executes one flow and proves it; a failure tells how many messages are safe, and where. */
import { rm } from 'node:fs/promises'
import { RunFailure } from '../run-context.ts'
import { Flow, FlowFailure } from './flow.ts'
import { type FlowFigures, figuresOf, promisesOrder } from './flow-figures.ts'
import type { FlowOptions, FlowSetting } from './flow-setting.ts'
import { PartyFailure } from './party.ts'
import { verifyRows } from './verify.ts'

const say = (count: number): string => count.toLocaleString('en')

/** The database is asked; where it can't answer, what its consumers had committed counts. */
const safeSentence = async (setting: FlowSetting, signal: AbortSignal): Promise<string> => {
  const { state, places, options } = setting
  const answer = await verifyRows({ database: places.database, ordered: false, keys: [] }, signal)
  const made = state.sumMade('made')
  const rows = 'verification' in answer ? answer.verification.rows : null
  const written =
    rows === null
      ? `${say(state.sumCount('committed'))} of ${say(made)} messages had been committed to the database, which can't be read now (${'failure' in answer ? answer.failure : ''})`
      : `${say(rows)} of ${say(made)} messages are safe in the database`
  if (options.params.queue === 'memory') return `${written}; what was in the queue, in memory, is gone.`
  try {
    return `${written}; ${say(setting.control.depth())} wait safely in the durable queue.`
  } catch {
    return `${written}; how many wait in the durable queue can't be read now.`
  }
}

const prepared = async (options: FlowOptions): Promise<Flow> => {
  try {
    return await Flow.prepare(options)
  } catch (error) {
    if (error instanceof PartyFailure) throw new RunFailure(error.code, error.message, { cause: error })
    throw error
  }
}

export const executeFlow = async (options: FlowOptions): Promise<FlowFigures> => {
  const { params, signal, folder } = options
  try {
    await using flow = await prepared(options)
    try {
      const outcome = await flow.run()
      const answer = await verifyRows(
        {
          database: outcome.places.database,
          ordered: promisesOrder(params, outcome.kills.length + outcome.remote),
          keys: outcome.kills.flatMap(({ hand }) => hand),
        },
        signal,
      )
      if ('failure' in answer) throw new FlowFailure('database', answer.failure)
      return figuresOf(params, outcome, answer.verification)
    } catch (error) {
      if (!(error instanceof FlowFailure)) throw error
      throw new RunFailure(error.code, `${error.message}. ${await safeSentence(flow.setting, signal)}`, {
        cause: error,
      })
    }
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 })
  }
}
