/**
 * The run's clock for hot loops: 40–100 ns a reading and nothing for the garbage collector, where `process.hrtime.bigint()` makes
 * an object each time. Both count on the same monotonic clock; `performance.now()` begins where its thread began, so the
 * distance is measured once.
 */

/** The narrowest of some readings decides: in between, the thread may have been switched away from. */
const READINGS = 50

export const createThreadClock = (originNs: bigint): (() => number) => {
  let narrowest = Number.POSITIVE_INFINITY
  let distanceUs = 0
  for (let i = 0; i < READINGS; i++) {
    const before = performance.now()
    const nowUs = Number(process.hrtime.bigint() - originNs) / 1000
    const after = performance.now()
    if (after - before >= narrowest) continue
    narrowest = after - before
    distanceUs = nowUs - (before + after) * 500
  }
  return () => performance.now() * 1000 + distanceUs
}
