/**
 * The load generator of one server, a thread that does nothing else: it sleeps until each request's scheduled moment and sends
 * it to the server's event loop, as the outside world would, whether or not the server is able to look. So the server can't slow
 * down those who ask it, and their latency counts from the schedule even where this thread itself came late.
 */
import { parentPort, workerData } from 'node:worker_threads'
import { createRunClock } from '../../measuring/run-clock.ts'
import type { ArrivalPlan, FromArrivals } from './arrival-source.ts'

if (parentPort === null) throw new Error('arrivals.ts is started as a worker thread')
const port = parentPort
// Trusted: written by arrival-source.ts.
const { nowUs } = createRunClock((workerData as { originNs: bigint }).originNs)
const nobodyWakes = new Int32Array(new SharedArrayBuffer(4))

const sleepUntil = (us: number): void => {
  for (let left = us - nowUs(); left > 0; left = us - nowUs()) Atomics.wait(nobodyWakes, 0, 0, left / 1000)
}

const tell = (message: FromArrivals): void => port.postMessage(message)

port.on('message', (plan: ArrivalPlan) => {
  const { shorts, firstUs, everyUs, longAtUs } = plan
  const arrivals = Array.from({ length: shorts }, (_, index) => ({ index, us: firstUs + index * everyUs }))
  if (longAtUs !== null) arrivals.push({ index: -1, us: longAtUs })
  arrivals.sort((a, b) => a.us - b.us)
  let lateUs = 0
  for (const { index, us } of arrivals) {
    sleepUntil(us)
    lateUs = Math.max(lateUs, nowUs() - us)
    tell(index)
  }
  tell({ lateUs })
})
tell('ready')
