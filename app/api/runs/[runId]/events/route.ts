/** GET: the events of a run as server-sent events, from after `Last-Event-ID` (or `?after=`) to its end. */
import { z } from 'zod'
import { defineRoute, onlyMethods } from '#lib/http/define-route.ts'
import { eventStreamResponse } from '#lib/http/event-stream.ts'
import { currentServer } from '#lib/runs/current-server.ts'

export const dynamic = 'force-dynamic'

/** A number that makes no sense is none: the reader then gets everything, which is never wrong. */
const numberSchema = z.coerce.number().int().min(0).catch(0)

export const GET = defineRoute<{ runId: string }>((request, { runId }) => {
  const { runs } = currentServer()
  const run = runs.find(runId)
  if (!run.ok) return run
  const given = request.headers.get('last-event-id') ?? new URL(request.url).searchParams.get('after')
  const after = numberSchema.parse(given ?? 0)
  return eventStreamResponse((signal) => runs.events(runId, after, signal), { signal: request.signal })
})

const { refuse, tell } = onlyMethods('GET')

export { refuse as DELETE, refuse as PATCH, refuse as POST, refuse as PUT, tell as OPTIONS }
