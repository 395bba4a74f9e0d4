/** Executes one flow and proves it; a failure tells how many messages are safe, and where. */
import { rm } from 'node:fs/promises'
import { RunFailure } from '../run-context.ts'
import { Flow, FlowFailure } from './flow.ts'
import { type FlowFigures, figuresOf, promisesOrder } from './flow-figures.ts'
import type { FlowOptions, FlowSetting } from './flow-setting.ts'
import { PartyFailure } from './party.ts'
import { verifyRows } from './verify.ts'

const say = (count: number): string => count.toLocaleString('en')

/** The database is asked; where it can't answer, what its consumers had committed counts. Nobody writes any more. */
const safeSentence = async ({ state, places, control, options }: FlowSetting, signal: AbortSignal): Promise<string> => {
  const answer = await verifyRows({ database: places.database, ordered: false, keys: [] }, signal)
  const made = say(state.sumMade('made'))
  const written =
    'verification' in answer
      ? `${say(answer.verification.rows)} of ${made} messages were safe in the database when it failed`
      : `${say(state.sumCount('committed'))} of ${made} messages had been committed to the database, which can't be read now (${answer.failure})`
  const end = 'Queue and database are of this run alone and are removed with it.'
  if (options.params.queue === 'memory') return `${written}; what was in the queue, in memory, is gone. ${end}`
  try {
    return `${written}; ${say(control.depth())} waited safely in the durable queue. ${end}`
  } catch {
    return `${written}; how many waited in the durable queue can't be read now. ${end}`
  }
}

/** What was foreseen to fail; anything else is a mistake of ours. */
const isForeseen = (error: unknown): error is FlowFailure | PartyFailure =>
  error instanceof FlowFailure || error instanceof PartyFailure

const prepared = async (options: FlowOptions): Promise<Flow> => {
  try {
    return await Flow.prepare(options)
  } catch (error) {
    if (!isForeseen(error)) throw error
    throw new RunFailure(error.code, `${error.message}. No message had been produced yet.`, { cause: error })
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
      if (!isForeseen(error)) throw error
      await flow.stop()
      throw new RunFailure(error.code, `${error.message}. ${await safeSentence(flow.setting, signal)}`, {
        cause: error,
      })
    }
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 })
  }
}
