/** GET: runs, newest first, of all set-ups or of one. POST: starts one, or queues it behind the one that is going. */
import { runListQuerySchema, startRunSchema } from '#lib/contract/run.ts'
import { defineRoute, jsonResponse, onlyMethods } from '#lib/http/define-route.ts'
import { readBody } from '#lib/http/read-body.ts'
import { readQuery } from '#lib/http/read-query.ts'
import { currentServer } from '#lib/runs/current-server.ts'

export const dynamic = 'force-dynamic'

export const GET = defineRoute((request) => {
  const query = readQuery(request, runListQuerySchema)
  if (!query.ok) return query
  const { runs } = currentServer()
  const { params, match, ...plain } = query.value
  if (params === undefined || plain.experiment === undefined) return jsonResponse(runs.list(plain))
  const key = runs.setUpKey(plain.experiment, params)
  return key.ok ? jsonResponse(runs.list({ ...plain, setUp: { key: key.value, match } })) : key
})

export const POST = defineRoute(async (request) => {
  const body = await readBody(request, startRunSchema)
  if (!body.ok) return body
  const { runs, services } = currentServer()
  await services.refresh()
  const run = runs.start(body.value)
  if (!run.ok) return run
  return jsonResponse(run.value, { status: 201, headers: { location: `/api/runs/${run.value.id}` } })
})

const { refuse, tell } = onlyMethods('GET', 'POST')

export { refuse as DELETE, refuse as PATCH, refuse as PUT, tell as OPTIONS }
