/** GET: films by their title, searched by the chosen strategy; ends when the browser no longer waits. */
import { movieSearchParamsSchema } from '#lib/contract/movie.ts'
import { defineRoute, jsonResponse, onlyMethods } from '#lib/http/define-route.ts'
import { readQuery } from '#lib/http/read-query.ts'
import { currentServer } from '#lib/runs/current-server.ts'

export const dynamic = 'force-dynamic'

export const GET = defineRoute(async (request) => {
  const params = readQuery(request, movieSearchParamsSchema)
  if (!params.ok) return params
  const found = await currentServer().searches.search(params.value, request.signal)
  return found.ok ? jsonResponse(found.value) : found
})

const { refuse, tell } = onlyMethods('GET')

export { refuse as DELETE, refuse as PATCH, refuse as POST, refuse as PUT, tell as OPTIONS }
