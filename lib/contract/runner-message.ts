/**
 * What the server and a run's process say to each other over IPC. Flow control: the runner has at most RUNNER_CREDIT events
 * on the way that the server has not acknowledged, so a run that tells a lot waits instead of flooding the server.
 */
import { z } from 'zod'
import { machineSchema } from './run.ts'
import { runnerEventSchema } from './run-event.ts'

export const RUNNER_CREDIT = 8

export const startMessageSchema = z.object({
  type: z.literal('start'),
  runId: z.string(),
  experiment: z.string(),
  params: z.record(z.string(), z.unknown()),
  machine: machineSchema,
  /** A folder of this run's own; the server removes it, too. */
  folder: z.string(),
  movieApi: z.object({
    mode: z.enum(['embedded', 'tmdb', 'custom']),
    baseUrl: z.string(),
    token: z.string(),
    requestsPerSecond: z.number().nullable(),
  }),
})
export type StartMessage = z.infer<typeof startMessageSchema>

export const toRunnerSchema = z.discriminatedUnion('type', [
  startMessageSchema,
  z.object({ type: z.literal('command'), command: z.string() }),
  /** Stop what you do and end; whoever does not is killed. */
  z.object({ type: z.literal('abort') }),
  /** That many events have been taken in since the last acknowledgement. */
  z.object({ type: z.literal('taken'), events: z.int().positive() }),
])
export type ToRunner = z.infer<typeof toRunnerSchema>

export const fromRunnerSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('event'), event: runnerEventSchema }),
  /** The declared commands that do something now. */
  z.object({ type: z.literal('commands'), commands: z.array(z.string()) }),
  /** The handler ended after an abort: no result is to come. */
  z.object({ type: z.literal('stopped') }),
])
export type FromRunner = z.infer<typeof fromRunnerSchema>
