/** POST: tells a run what to do now. Accepted is not done: the run's events say what became of it. */
import { runCommandSchema } from '#lib/contract/run.ts'
import { defineRoute, jsonResponse, onlyMethods } from '#lib/http/define-route.ts'
import { readBody } from '#lib/http/read-body.ts'
import { currentServer } from '#lib/runs/current-server.ts'

export const dynamic = 'force-dynamic'

export const POST = defineRoute<{ runId: string }>(async (request, { runId }) => {
  const body = await readBody(request, runCommandSchema)
  if (!body.ok) return body
  const run = currentServer().runs.command(runId, body.value.command)
  return run.ok ? jsonResponse(run.value, { status: 202 }) : run
})

const { refuse, tell } = onlyMethods('POST')

export { refuse as DELETE, refuse as GET, refuse as PATCH, refuse as PUT, tell as OPTIONS }
