/** GET: a film with its people and similar films. */
import { movieDetailsParamsSchema } from '#lib/contract/movie.ts'
import { parseInput } from '#lib/contract/parse-input.ts'
import { defineRoute, jsonResponse, onlyMethods } from '#lib/http/define-route.ts'
import { currentServer } from '#lib/runs/current-server.ts'

export const dynamic = 'force-dynamic'

export const GET = defineRoute<{ movieId: string }>(async (request, { movieId }) => {
  const query = Object.fromEntries(new URL(request.url).searchParams)
  const params = parseInput({ ...query, movieId }, movieDetailsParamsSchema)
  if (!params.ok) return params
  const film = await currentServer().searches.movie(params.value.movieId, params.value.language, request.signal)
  return film.ok ? jsonResponse(film.value) : film
})

const { refuse, tell } = onlyMethods('GET')

export { refuse as DELETE, refuse as PATCH, refuse as POST, refuse as PUT, tell as OPTIONS }
