/** GET: how the server is, for programs that watch it. Touches the database, and nothing that could be slow. */
import { defineRoute, jsonResponse, onlyMethods } from '#lib/http/define-route.ts'
import { currentServer } from '#lib/runs/current-server.ts'

export const dynamic = 'force-dynamic'

export const GET = defineRoute(() => jsonResponse(currentServer().health()))

const { refuse, tell } = onlyMethods('GET')

export { refuse as DELETE, refuse as PATCH, refuse as POST, refuse as PUT, tell as OPTIONS }
