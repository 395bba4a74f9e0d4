/**
 * The program that answers interactive searches: one for the server's life. It takes requests over IPC, answers each once,
 * and ends with the server or on SIGTERM, with everything it started.
 */
import { type FromSearchHost, type ToSearchHost, toSearchHostSchema } from '#lib/contract/search-message.ts'
import { type Fetched, failed } from '#lib/movies/fetched.ts'
import { InteractiveSearch } from './movies/interactive-search.ts'

/** Workers that don't end in that time are left to their parent's end. */
const END_WITHIN_MS = 1000

const interactive = new InteractiveSearch()
const underWay = new Map<number, AbortController>()

const DEADLINE = Symbol('deadline')

const tell = (message: FromSearchHost): void => {
  // A channel that is closing has its 'disconnect' under way, which ends this process.
  if (process.connected) process.send?.(message, undefined, undefined, () => undefined)
}

type Asked = Exclude<ToSearchHost, { type: 'cancel' }>

/** A request that ends by its deadline or by its caller is told as that, whatever the parts of it that were cut off say. */
const answer = async <Value>(
  request: Asked,
  work: (signal: AbortSignal) => Promise<Fetched<Value>>,
): Promise<Fetched<Value>> => {
  const controller = new AbortController()
  underWay.set(request.id, controller)
  const timer = setTimeout(() => controller.abort(DEADLINE), request.deadlineMs)
  const interrupted = new Promise<Fetched<Value>>((resolve) => {
    controller.signal.addEventListener('abort', () => {
      const late = controller.signal.reason === DEADLINE
      resolve(late ? failed('timeout', `no answer within ${request.deadlineMs} ms`) : failed('cancelled', 'cancelled'))
    })
  })
  try {
    return await Promise.race([work(controller.signal), interrupted])
  } catch (error) {
    console.error(error)
    return failed('crashed', error instanceof Error ? error.message : String(error))
  } finally {
    clearTimeout(timer)
    underWay.delete(request.id)
  }
}

const take = async (request: Asked): Promise<void> => {
  const { id } = request
  if (request.type === 'search') {
    const result = await answer(request, (signal) => interactive.search(request, signal))
    tell(result.ok ? { type: 'found', id, response: result.value } : { type: 'failed', id, failure: result.failure })
  } else {
    const result = await answer(request, (signal) => interactive.details(request, signal))
    tell(result.ok ? { type: 'film', id, movie: result.value } : { type: 'failed', id, failure: result.failure })
  }
}

let ending = false

const end = async (): Promise<void> => {
  if (ending) return
  ending = true
  setTimeout(() => process.exit(1), END_WITHIN_MS).unref()
  for (const controller of underWay.values()) controller.abort()
  await interactive[Symbol.asyncDispose]()
  process.exit(0)
}

const endOrDie = (): void => {
  end().catch((error: unknown) => {
    console.error(error)
    process.exit(1)
  })
}

for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, endOrDie)
process.on('disconnect', endOrDie)
process.on('message', (raw) => {
  const message = toSearchHostSchema.parse(raw)
  if (message.type === 'cancel') underWay.get(message.id)?.abort()
  else void take(message)
})
tell({ type: 'ready' })
