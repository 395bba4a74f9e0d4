/** GET: this API as an OpenAPI 3.1 document. */
import { experiments } from '#lib/experiments/registry.ts'
import { defineRoute, jsonResponse, onlyMethods } from '#lib/http/define-route.ts'
import { openApiDocument } from '#lib/http/openapi.ts'
import { currentServer } from '#lib/runs/current-server.ts'

export const dynamic = 'force-dynamic'

export const GET = defineRoute(() => jsonResponse(openApiDocument(currentServer().version, Object.values(experiments))))

const { refuse, tell } = onlyMethods('GET')

export { refuse as DELETE, refuse as PATCH, refuse as POST, refuse as PUT, tell as OPTIONS }
