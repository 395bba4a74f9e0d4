/**
 * Writes server-sent events. The reader pulls: the next event is asked for only when the last one has been taken, so what
 * waits in memory for a slow reader is bounded by one event, and a source that can skip ahead does so there.
 * The stream ends with its source, when the reader goes away, and when the server stops. Until it is read it holds nothing: the
 * body of an answer to HEAD is neither read nor cancelled.
 */

export interface ServerSentEvent {
  id: number
  event: string
  /** One line of text: JSON. */
  data: string
}

export interface EventStreamOptions {
  /** The request's: aborted when the reader goes away. */
  signal: AbortSignal
  /** A comment is sent this often while nothing happens, so that dead connections are noticed. Milliseconds. */
  heartbeatMs?: number
}

const encoder = new TextEncoder()

const format = ({ id, event, data }: ServerSentEvent): string => `id: ${id}\nevent: ${event}\ndata: ${data}\n\n`

/** `open` is given a signal that is aborted as soon as nobody reads any more; it is how the source lets go. */
export const eventStreamResponse = (
  open: (signal: AbortSignal) => AsyncIterable<ServerSentEvent>,
  { signal, heartbeatMs = 15_000 }: EventStreamOptions,
): Response => {
  const closing = new AbortController()
  const reading = AbortSignal.any([signal, closing.signal])
  const events = open(reading)[Symbol.asyncIterator]()
  const letGo = async (): Promise<{ done: true }> => {
    await events.return?.()
    return { done: true }
  }
  let heartbeat: NodeJS.Timeout | undefined

  /** The first bytes at once: the browser's `open` event must not wait for something to happen in the run. */
  const begin = (controller: ReadableStreamDefaultController<Uint8Array>): void => {
    controller.enqueue(encoder.encode(': connected\n\n'))
    heartbeat = setInterval(() => {
      // Nothing is waiting to be read.
      if (controller.desiredSize === 0) controller.enqueue(encoder.encode(': alive\n\n'))
    }, heartbeatMs)
    heartbeat.unref()
  }

  const source: UnderlyingDefaultSource<Uint8Array> = {
    async pull(controller) {
      if (heartbeat === undefined) {
        begin(controller)
        return
      }
      try {
        const next = reading.aborted ? await letGo() : await events.next()
        if (!next.done) {
          controller.enqueue(encoder.encode(format(next.value)))
          return
        }
        clearInterval(heartbeat)
        controller.close()
      } catch (error) {
        clearInterval(heartbeat)
        controller.error(error)
      }
    },
    async cancel() {
      clearInterval(heartbeat)
      closing.abort()
      await letGo()
    },
  }

  return new Response(new ReadableStream(source, { highWaterMark: 0 }), {
    headers: {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store, no-transform',
      // Proxies such as nginx would hold events back to fill a buffer.
      'x-accel-buffering': 'no',
    },
  })
}
