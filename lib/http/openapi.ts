/**
 * The API as an OpenAPI 3.1 document. Schemas are made from the very zod schemas that requests are checked with; only which
 * operation uses which is said here, and a test holds that list to the routes that exist.
 */
import { z } from 'zod'
import { experimentListSchema } from '../contract/experiment-description.ts'
import { healthSchema } from '../contract/health.ts'
import {
  movieDetailsParamsSchema,
  movieDetailsSchema,
  movieSchema,
  movieSearchParamsSchema,
  movieSearchResponseSchema,
} from '../contract/movie.ts'
import { problemSchema } from '../contract/problem.ts'
import {
  runCommandSchema,
  runListQuerySchema,
  runListSchema,
  runSchema,
  runSummarySchema,
  startRunSchema,
} from '../contract/run.ts'
import { snapshotSchema } from '../contract/run-event.ts'
import { laneSchema, spanSchema } from '../contract/trace.ts'

interface Operation {
  method: 'get' | 'post' | 'delete'
  path: string
  summary: string
  query?: z.ZodObject
  body?: string
  /** The answer of success: a component's name, or a media type that has none. */
  answer: { status: number; component?: string; media?: string }
  problems?: readonly number[]
}

const COMPONENTS = {
  Health: healthSchema,
  ExperimentList: experimentListSchema,
  StartRun: startRunSchema,
  Run: runSchema,
  RunSummary: runSummarySchema,
  RunList: runListSchema,
  RunCommand: runCommandSchema,
  Snapshot: snapshotSchema,
  Lane: laneSchema,
  Span: spanSchema,
  Movie: movieSchema,
  MovieDetails: movieDetailsSchema,
  MovieSearchResponse: movieSearchResponseSchema,
  Problem: problemSchema,
}

export const OPERATIONS: readonly Operation[] = [
  { method: 'get', path: '/api/health', summary: 'How the server is', answer: { status: 200, component: 'Health' } },
  {
    method: 'get',
    path: '/api/experiments',
    summary: 'Every experiment with its parameters as JSON Schema',
    answer: { status: 200, component: 'ExperimentList' },
  },
  {
    method: 'get',
    path: '/api/runs',
    summary: 'Runs, newest first',
    query: runListQuerySchema,
    answer: { status: 200, component: 'RunList' },
    problems: [422],
  },
  {
    method: 'post',
    path: '/api/runs',
    summary: 'Starts a run, or queues it behind the one that is going',
    body: 'StartRun',
    answer: { status: 201, component: 'Run' },
    problems: [400, 403, 413, 415, 422, 429, 503],
  },
  {
    method: 'get',
    path: '/api/runs/{runId}',
    summary: 'A run with its result',
    answer: { status: 200, component: 'Run' },
    problems: [404],
  },
  {
    method: 'delete',
    path: '/api/runs/{runId}',
    summary: 'Removes an ended run and its trace',
    answer: { status: 204 },
    problems: [403, 404, 409],
  },
  {
    method: 'post',
    path: '/api/runs/{runId}/commands',
    summary: 'Cancels a run, or does to it what its experiment declares',
    body: 'RunCommand',
    answer: { status: 202, component: 'Run' },
    problems: [400, 403, 404, 409, 413, 415, 422],
  },
  {
    method: 'get',
    path: '/api/runs/{runId}/events',
    summary: 'Server-sent events of a run; of one that has ended, a single snapshot',
    query: z.object({
      after: z.coerce.number().int().min(0).optional().meta({ description: 'As Last-Event-ID, which goes first' }),
    }),
    answer: { status: 200, media: 'text/event-stream' },
    problems: [404],
  },
  {
    method: 'get',
    path: '/api/runs/{runId}/trace',
    summary: 'The trace of a run in the Chrome Trace Event format, for Perfetto',
    answer: { status: 200, media: 'application/json' },
    problems: [404],
  },
  {
    method: 'get',
    path: '/api/runs/{runId}/csv',
    summary: 'The samples of a run, one a row; rounds count from 1, and `phase` tells warm-up rounds from counted ones',
    answer: { status: 200, media: 'text/csv' },
    problems: [404],
  },
  {
    method: 'get',
    path: '/api/movies/search',
    summary: 'Searches films, and fetches the details of each by the chosen strategy',
    query: movieSearchParamsSchema,
    answer: { status: 200, component: 'MovieSearchResponse' },
    problems: [422, 502, 503, 504],
  },
  {
    method: 'get',
    path: '/api/movies/{movieId}',
    summary: 'A film with its people and similar films',
    query: movieDetailsParamsSchema.pick({ language: true }),
    answer: { status: 200, component: 'MovieDetails' },
    problems: [404, 422, 502, 503, 504],
  },
  {
    method: 'get',
    path: '/api/openapi.json',
    summary: 'This document',
    answer: { status: 200, media: 'application/json' },
  },
]

const reference = (component: string) => ({ $ref: `#/components/schemas/${component}` })

/** Schemas as what may come in: what the server sends may grow fields, and does not promise to be closed. */
const componentSchemas = (): Record<string, object> => {
  const registry = z.registry<{ id: string }>()
  for (const [id, schema] of Object.entries(COMPONENTS)) registry.add(schema, { id })
  const { schemas } = z.toJSONSchema(registry, { io: 'input', uri: (id) => `#/components/schemas/${id}` })
  return Object.fromEntries(Object.entries(schemas).map(([id, { $schema: _, $id: __, ...schema }]) => [id, schema]))
}

const parametersOf = ({ path, query }: Operation): object[] => {
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: name === 'movieId' ? 'integer' : 'string' },
  }))
  if (query === undefined) return inPath
  const { properties = {}, required = [] } = z.toJSONSchema(query, { io: 'input' })
  const inQuery = Object.entries(properties).map(([name, schema]) => ({
    name,
    in: 'query',
    required: required.includes(name),
    schema,
  }))
  return [...inPath, ...inQuery]
}

const answerOf = ({ status, component, media = 'application/json' }: Operation['answer']): object => {
  if (status === 204) return { description: 'Done' }
  return {
    description: 'Success',
    content: { [media]: component === undefined ? {} : { schema: reference(component) } },
  }
}

const operationOf = (operation: Operation): object => ({
  summary: operation.summary,
  parameters: parametersOf(operation),
  ...(operation.body === undefined
    ? {}
    : { requestBody: { required: true, content: { 'application/json': { schema: reference(operation.body) } } } }),
  responses: {
    [operation.answer.status]: answerOf(operation.answer),
    ...Object.fromEntries(
      (operation.problems ?? []).map((status) => [
        status,
        { description: 'A problem', content: { 'application/problem+json': { schema: reference('Problem') } } },
      ]),
    ),
  },
})

/** `experiments` are told as the bodies that POST /api/runs accepts. */
export const openApiDocument = (
  version: string,
  experiments: readonly { id: string; params: z.ZodObject }[],
): Record<string, unknown> => {
  const paths: Record<string, Record<string, object>> = {}
  for (const operation of OPERATIONS) {
    paths[operation.path] = { ...paths[operation.path], [operation.method]: operationOf(operation) }
  }
  const schemas = componentSchemas()
  const bodies = experiments.map(({ id, params }) => {
    const { $schema: _, ...schema } = z.toJSONSchema(params, { io: 'input' })
    return { properties: { experiment: { const: id }, params: schema } }
  })
  return {
    openapi: '3.1.0',
    info: { title: 'Interleave', version, description: 'A concurrency laboratory: experiments run for real.' },
    paths,
    components: { schemas: { ...schemas, StartRun: { ...schemas.StartRun, anyOf: bodies } } },
  }
}
