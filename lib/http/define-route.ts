/**
 * Wraps the function behind an API route: cross-site changes are refused, failures become problem responses, and what was
 * not expected becomes a 500 whose cause goes to the log and not to the browser. A database that fails (a full disk) is
 * expected, whichever call meets it.
 */
import type { Outcome } from '../contract/failure.ts'
import { problemResponse } from './problem-response.ts'
import { refuseCrossSite } from './same-origin.ts'

/** What Next.js hands to a route beside the request. */
export interface RouteContext<Params> {
  params: Promise<Params>
}

const isDatabaseError = (error: unknown): error is Error =>
  error instanceof Error && 'code' in error && error.code === 'ERR_SQLITE_ERROR'

type Answer = Response | Outcome<Response>

export const defineRoute =
  <Params = Record<string, never>>(answer: (request: Request, params: Params) => Answer | Promise<Answer>) =>
  async (request: Request, context: RouteContext<Params>): Promise<Response> => {
    const refusal = refuseCrossSite(request)
    if (refusal !== null) return problemResponse(refusal)
    try {
      const answered = await answer(request, await context.params)
      if (answered instanceof Response) return answered
      return answered.ok ? answered.value : problemResponse(answered.failure)
    } catch (error) {
      console.error(`${request.method} ${new URL(request.url).pathname}:`, error)
      if (isDatabaseError(error)) {
        return problemResponse({ code: 'storage', detail: `The database could not be used: ${error.message}.` })
      }
      return problemResponse({
        code: 'internal',
        detail: 'Something unexpected happened; the log of the server has it.',
      })
    }
  }

/** JSON that no cache keeps. */
export const jsonResponse = (
  body: unknown,
  init: { status?: number; headers?: Record<string, string> } = {},
): Response =>
  new Response(JSON.stringify(body), {
    status: init.status ?? 200,
    headers: { 'content-type': 'application/json', 'cache-control': 'no-store', ...init.headers },
  })

/** A file to be saved under that name, which holds no quotes. */
export const fileResponse = (body: BodyInit, name: string, contentType: string): Response =>
  new Response(body, {
    headers: {
      'content-type': contentType,
      'content-disposition': `attachment; filename="${name}"`,
      'cache-control': 'no-store',
    },
  })

/**
 * For the methods that a route does not have, and for who asks which it has:
 * `const { refuse, tell } = onlyMethods('GET'); export { refuse as POST, tell as OPTIONS }`.
 */
export const onlyMethods = (...allow: readonly string[]) => ({
  refuse: (): Response =>
    problemResponse({
      code: 'method-not-allowed',
      detail: `Only ${allow.join(' and ')} ${allow.length > 1 ? 'are' : 'is'} known here.`,
      allow,
    }),
  /** Next.js answers HEAD where there is a GET; left to itself it would name those that are refused, too. */
  tell: (): Response =>
    new Response(null, {
      status: 204,
      headers: { allow: [...allow, ...(allow.includes('GET') ? ['HEAD'] : []), 'OPTIONS'].join(', ') },
    }),
})
