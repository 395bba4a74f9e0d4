/**
 * Whether this program was told to stop: by SIGINT, SIGTERM or SIGHUP, or by the end of whoever started it (npm's shell dies of a
 * signal without telling). Listened to from the first import until the end, also between two programs, so that nothing goes
 * on after it and what was started is ended by whoever started it.
 */
import { constants } from 'node:os'

const PARENT_CHECK_MS = 200

export const exitCodeOf = (signal) => 128 + constants.signals[signal]

/** What an interrupted sequence throws: the reason of `stopSignal`. */
export class Interrupted extends Error {
  constructor(signal) {
    super(`stopped by ${signal}`)
    this.name = 'Interrupted'
    this.signal = signal
    this.exitCode = exitCodeOf(signal)
  }
}

const controller = new AbortController()
export const stopSignal = controller.signal

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => controller.abort(new Interrupted(signal)))
}
const parent = process.ppid
setInterval(() => process.ppid !== parent && controller.abort(new Interrupted('SIGTERM')), PARENT_CHECK_MS).unref()
