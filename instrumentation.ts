/**
 * What Next.js runs once before the first request: starts the server behind the pages, and ends it on SIGTERM and SIGINT.
 * The signals are also Next.js's own; it waits for open connections, which end because the server closes its streams.
 */
export const register = async (): Promise<void> => {
  if (process.env.NEXT_RUNTIME === 'nodejs') {
    const { startProcess } = await import('./lib/runs/start-process.ts')
    startProcess()
  }
}
