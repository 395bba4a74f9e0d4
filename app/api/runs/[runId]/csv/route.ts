/** GET: the samples of a run as a table, one a row. */
import { defineRoute, fileResponse, onlyMethods } from '#lib/http/define-route.ts'
import { currentServer } from '#lib/runs/current-server.ts'
import { samplesCsv } from '#lib/trace/samples-csv.ts'

export const dynamic = 'force-dynamic'

export const GET = defineRoute<{ runId: string }>(async (_, { runId }) => {
  const { runs } = currentServer()
  const run = runs.find(runId)
  if (!run.ok) return run
  const { samples } = await runs.recording(runId)
  return fileResponse(samplesCsv(samples), `interleave-${run.value.experiment}-${runId}.csv`, 'text/csv; charset=utf-8')
})

const { refuse, tell } = onlyMethods('GET')

export { refuse as DELETE, refuse as PATCH, refuse as POST, refuse as PUT, tell as OPTIONS }
