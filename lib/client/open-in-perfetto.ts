/**
 * Hands a trace to the Perfetto UI by its documented handshake: its page is opened, asked PING until it answers PONG, and given
 * the file with postMessage. The data goes from this page to that page and through no server.
 */

const PERFETTO = 'https://ui.perfetto.dev'
const PING_EVERY_MS = 50
const GIVE_UP_MS = 20_000

export interface PerfettoTrace {
  title: string
  fileName: string
  /** A link back to the run. */
  url: string
}

export type PerfettoOutcome = 'opened' | 'blocked' | 'no-answer'

/** Must be called in the click's own turn, or the browser blocks the page that it opens. Rejects when `load` does. */
export const openInPerfetto = async (
  trace: PerfettoTrace,
  load: () => Promise<ArrayBuffer>,
  page: Pick<Window, 'open' | 'addEventListener' | 'removeEventListener'> = window,
): Promise<PerfettoOutcome> => {
  const target = page.open(PERFETTO)
  if (target === null) return 'blocked'
  const [buffer, answered] = await Promise.all([load(), untilPong(target, page)])
  if (!answered) return 'no-answer'
  target.postMessage({ perfetto: { buffer, ...trace } }, PERFETTO, [buffer])
  return 'opened'
}

const untilPong = (
  target: Window,
  page: Pick<Window, 'addEventListener' | 'removeEventListener'>,
): Promise<boolean> => {
  const { promise, resolve } = Promise.withResolvers<boolean>()
  const onMessage = (event: MessageEvent): void => {
    if (event.origin === PERFETTO && event.data === 'PONG') resolve(true)
  }
  page.addEventListener('message', onMessage)
  // A page that is still loading hears nothing, so it is asked again.
  const pings = setInterval(() => target.postMessage('PING', PERFETTO), PING_EVERY_MS)
  const limit = setTimeout(() => resolve(false), GIVE_UP_MS)
  return promise.finally(() => {
    clearInterval(pings)
    clearTimeout(limit)
    page.removeEventListener('message', onMessage)
  })
}
