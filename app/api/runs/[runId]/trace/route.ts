/** GET: the trace of a run as a file that Perfetto and chrome://tracing open. */
import { defineRoute, fileResponse, onlyMethods } from '#lib/http/define-route.ts'
import { currentServer } from '#lib/runs/current-server.ts'
import { chromeTrace } from '#lib/trace/chrome-trace.ts'

export const dynamic = 'force-dynamic'

export const GET = defineRoute<{ runId: string }>(async (_, { runId }) => {
  const { runs } = currentServer()
  const run = runs.find(runId)
  if (!run.ok) return run
  const { trace } = await runs.recording(runId)
  const name = `interleave-${run.value.experiment}-${runId}.trace.json`
  return fileResponse(JSON.stringify(chromeTrace(trace, run.value)), name, 'application/json')
})

const { refuse, tell } = onlyMethods('GET')

export { refuse as DELETE, refuse as PATCH, refuse as POST, refuse as PUT, tell as OPTIONS }
