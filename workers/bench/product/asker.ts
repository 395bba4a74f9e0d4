/**
 * The outside process that asks a server: one request every so often whether or not the last one was answered, each counted from
 * when it was due, so that a server that stops for a while can't hide the requests that would have come meanwhile.
 */
import http from 'node:http'

export interface AskerOrder {
  url: string
  everyMs: number
  requests: number
}

export interface AskerAnswer {
  /** From the moment a request was due to the last byte of its answer, in milliseconds. */
  latenciesMs: number[]
  /** Why requests failed, one text each. */
  failures: string[]
}

/** Null when it was answered, else why not. */
const ask = (url: string, agent: http.Agent): Promise<string | null> =>
  new Promise((resolve) => {
    const request = http.get(url, { agent }, (response) => {
      const { statusCode } = response
      response.on('end', () => resolve(statusCode === 200 ? null : `status ${statusCode}`))
      response.on('error', (error) => resolve(error.message))
      response.resume()
    })
    request.on('error', (error) => resolve(error.message))
  })

const execute = async ({ url, everyMs, requests }: AskerOrder): Promise<AskerAnswer> => {
  const answer: AskerAnswer = { latenciesMs: [], failures: [] }
  // More connections than a browser's six, so that none waits for another in the client; closed at the end, as one that has been
  // idle for seconds may be closed by the server at the very moment it is used again.
  const agent = new http.Agent({ keepAlive: true, maxSockets: 64 })
  const begin = performance.now()
  const one = async (dueMs: number): Promise<void> => {
    const failure = await ask(url, agent)
    if (failure === null) answer.latenciesMs.push(performance.now() - begin - dueMs)
    else answer.failures.push(failure)
  }
  const all: Promise<void>[] = []
  await new Promise<void>((resolve) => {
    const next = (): void => {
      while (all.length < requests && all.length * everyMs <= performance.now() - begin) {
        all.push(one(all.length * everyMs))
      }
      if (all.length === requests) resolve()
      else setTimeout(next, Math.max(0, all.length * everyMs - (performance.now() - begin)))
    }
    next()
  })
  await Promise.all(all)
  agent.destroy()
  return answer
}

process.on('message', (order: AskerOrder) => {
  // What fails here fails the bench: the process ends with it, and who waits for the answer is told.
  void execute(order).then((answer) => process.send?.(answer))
})
process.on('disconnect', () => process.exit())
