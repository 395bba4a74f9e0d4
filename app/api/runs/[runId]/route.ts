/** GET: a run with its result. DELETE: removes an ended run and its trace. */
import { defineRoute, jsonResponse, onlyMethods } from '#lib/http/define-route.ts'
import { currentServer } from '#lib/runs/current-server.ts'

export const dynamic = 'force-dynamic'

export const GET = defineRoute<{ runId: string }>((_, { runId }) => {
  const run = currentServer().runs.find(runId)
  return run.ok ? jsonResponse(run.value) : run
})

export const DELETE = defineRoute<{ runId: string }>((_, { runId }) => {
  const deleted = currentServer().runs.delete(runId)
  return deleted.ok ? new Response(null, { status: 204 }) : deleted
})

const { refuse, tell } = onlyMethods('GET', 'DELETE')

export { refuse as PATCH, refuse as POST, refuse as PUT, tell as OPTIONS }
