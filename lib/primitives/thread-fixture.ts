/** The program of a test's thread: runs a scenario when it is told to, and answers with what came of it. */
import { parentPort } from 'node:worker_threads'
import { scenarios } from './scenarios-fixture.ts'
import type { Answer, Order } from './threads-fixture.ts'

parentPort?.on('message', async ({ scenario, data }: Order) => {
  const run = scenarios[scenario] as (given: Order['data']) => unknown
  let answer: Answer
  try {
    answer = { result: await run(data) }
  } catch (error) {
    answer = { error }
  }
  parentPort?.postMessage(answer)
})
