/** Every path of the API that is none: a problem like all others, not a page. */
import { defineRoute } from '#lib/http/define-route.ts'
import { problemResponse } from '#lib/http/problem-response.ts'

export const dynamic = 'force-dynamic'

const answer = defineRoute<{ path: string[] }>((request) =>
  problemResponse({
    code: 'not-found',
    detail: `There is no ${new URL(request.url).pathname.slice(0, 100)}; /api/openapi.json tells what there is.`,
  }),
)

export { answer as DELETE, answer as GET, answer as OPTIONS, answer as PATCH, answer as POST, answer as PUT }
