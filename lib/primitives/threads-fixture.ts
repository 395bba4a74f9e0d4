/** Threads for the tests: each runs the scenarios that it is told, one after the other, until it is terminated. */
import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import type { ScenarioName, ScenarioResult, Scenarios } from './scenarios-fixture.ts'

export type Answer = { result: unknown } | { error: unknown }

export interface Order<Name extends ScenarioName = ScenarioName> {
  scenario: Name
  data: Parameters<Scenarios[Name]>[0]
}

/** Until another thread has set the first word. */
export const reached = async (words: Int32Array): Promise<void> => {
  const waiting = Atomics.waitAsync(words, 0, 0)
  if (waiting.async) {
    // A pending wait doesn't keep the process alive, a timer does.
    const alive = setInterval(() => undefined, 1000)
    await waiting.value
    clearInterval(alive)
  }
}

export class TestThread {
  readonly #worker = new Worker(new URL('thread-fixture.ts', import.meta.url))

  /** What the scenario returns. Rejects when it throws, and when the thread ends instead. */
  async run<Name extends ScenarioName>(
    scenario: Name,
    data: Parameters<Scenarios[Name]>[0],
  ): Promise<ScenarioResult<Name>> {
    const ended = new AbortController()
    const exited = once(this.#worker, 'exit', { signal: ended.signal }).then(() => {
      throw new Error(`the thread ended in ${scenario}`)
    })
    exited.catch(() => undefined)
    try {
      const answered = once(this.#worker, 'message', { signal: ended.signal })
      this.#worker.postMessage({ scenario, data } satisfies Order<Name>)
      const [answer]: Answer[] = await Promise.race([answered, exited])
      if (!answer || 'error' in answer) throw answer?.error ?? new Error('no answer')
      return answer.result as ScenarioResult<Name>
    } finally {
      ended.abort()
    }
  }

  async terminate(): Promise<void> {
    await this.#worker.terminate()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.terminate()
  }
}

export class TestThreads {
  readonly all: readonly TestThread[]

  constructor(count: number) {
    this.all = Array.from({ length: count }, () => new TestThread())
  }

  /** The scenario in the first `datas.length` of the threads, all at the same time. */
  run<Name extends ScenarioName>(
    scenario: Name,
    datas: readonly Parameters<Scenarios[Name]>[0][],
  ): Promise<ScenarioResult<Name>[]> {
    return Promise.all(
      datas.map((data, index) => {
        const thread = this.all[index]
        if (!thread) throw new RangeError(`${datas.length} threads of ${this.all.length} are wanted`)
        return thread.run(scenario, data)
      }),
    )
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.all.map((thread) => thread.terminate()))
  }
}
