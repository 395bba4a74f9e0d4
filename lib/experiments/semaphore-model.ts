/** How long jobs that compute take when only so many may run at once, on a machine that has only so many cores. */

/**
 * ⌈jobs / permits⌉ × jobMs where there is a core for each of those inside; where there are fewer, those inside share them, and each
 * wave takes longer by as much. Waiting and handing over cost nothing here. Milliseconds.
 */
export const permittedJobsMs = (jobs: number, jobMs: number, atOnce: number, cores: number): number => {
  const waveMs = (inside: number): number => jobMs * Math.max(1, inside / cores)
  const rest = jobs % atOnce
  return Math.floor(jobs / atOnce) * waveMs(atOnce) + (rest > 0 ? waveMs(rest) : 0)
}
