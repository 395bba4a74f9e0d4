/** What every executor promises, as tests, put together of its parts: run over each of the four by executors.test.ts. */
import { describe } from 'node:test'
import type { Strategy } from '#lib/contract/strategy.ts'
import { cancellationContract } from './cancellation-contract.ts'
import { cloningContract } from './cloning-contract.ts'
import { concurrencyContract } from './concurrency-contract.ts'
import { contractSubject } from './contract-subject-fixture.ts'
import { outcomesContract } from './outcomes-contract.ts'
import { reportsContract } from './reports-contract.ts'
import { shutdownContract } from './shutdown-contract.ts'
import { workerDeathContract } from './worker-death-contract.ts'

const PARTS = [
  outcomesContract,
  concurrencyContract,
  reportsContract,
  cancellationContract,
  workerDeathContract,
  cloningContract,
  shutdownContract,
]

export const executorContract = (strategy: Strategy): void => {
  describe(`the ${strategy} executor`, () => {
    const subject = contractSubject(strategy)
    for (const part of PARTS) part(subject)
  })
}
