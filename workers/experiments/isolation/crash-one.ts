/** Lets one worker die in a host that may be lost, and tells who is alive afterwards: the other workers, the host. */

import type { Lane, Span } from '#lib/contract/trace.ts'
import type { CrashOutcome, IsolationParams } from '#lib/experiments/isolation.ts'
import { type RunContext, RunFailure } from '../run-context.ts'
import type { FromCrashHost } from './crash-host.ts'
import { type HostEnd, runHost } from './host-process.ts'

type CrashKind = 'threads' | 'processes'
type CrashContext = RunContext<Pick<IsolationParams, 'workers' | 'crash'>>

interface WorkerLife {
  startUs: number
  readyUs: number
  diedUs: number | null
  answered: boolean
}

export const crashOne = async (context: CrashContext, kind: CrashKind): Promise<CrashOutcome> => {
  const { params, clock, folder, signal, emit } = context
  const { workers, crash } = params
  const group = `crash-${kind}`
  const host: Lane = {
    id: `${group}/host`,
    group,
    kind: 'server',
    index: 1,
    name: `host of ${kind}`,
    pid: null,
    tid: null,
  }
  const laneOf = (worker: number): Lane => ({
    id: `${group}/${worker}`,
    group,
    kind: kind === 'threads' ? 'thread' : 'process',
    index: worker,
    name: `${kind} ${worker}`,
    pid: null,
    tid: null,
  })
  const startUs = clock.nowUs()
  const lives = new Map<number, WorkerLife>()
  let toldUs: number | null = null
  let doneUs: number | null = null
  let crashed: CrashOutcome['crashed'] = null
  let noticedUs: number | null = null

  const receive = (message: FromCrashHost): void => {
    if (message.type === 'told') toldUs = message.atUs
    else if (message.type === 'done') doneUs = message.atUs
    else if (message.type === 'started') {
      const { startUs, readyUs } = message
      lives.set(message.worker, { startUs, readyUs, diedUs: null, answered: false })
    } else {
      const life = lives.get(message.worker)
      if (message.type === 'answered' && life) life.answered = true
      if (message.type === 'died') {
        if (life) life.diedUs = message.atUs
        noticedUs = message.atUs
        crashed = { code: message.code, signal: message.signal, error: message.error }
      }
    }
  }
  const end = await runHost({
    program: './crash-host.ts',
    args: [kind, String(workers), crash, String(clock.originNs)],
    folder,
    signal,
    sacrificial: true,
    // The messages of a program of ours.
    onMessage: (message) => receive(message as FromCrashHost),
  })
  const endUs = clock.nowUs()
  const hostAlive = doneUs !== null
  if (lives.size < workers || toldUs === null)
    throw new RunFailure('crashed', `the host of ${kind} ended too early, by ${describeEnd(end)}`)

  emit.lane(host)
  const over = doneUs ?? endUs
  const spans: Span[] = [
    {
      lane: host.id,
      name: hostAlive ? 'alive' : 'alive, then dead',
      kind: 'idle',
      start: startUs,
      duration: over - startUs,
    },
  ]
  for (let worker = 1; worker <= workers; worker++) {
    const lane = laneOf(worker)
    const life = lives.get(worker)
    emit.lane(lane)
    if (!life) continue
    const { readyUs, diedUs } = life
    spans.push({ lane: lane.id, name: 'start', kind: 'startup', start: life.startUs, duration: readyUs - life.startUs })
    spans.push({
      lane: lane.id,
      name: diedUs === null && hostAlive ? 'alive' : 'alive, then dead',
      kind: 'idle',
      start: readyUs,
      duration: Math.max(0, (diedUs ?? over) - readyUs),
    })
  }
  emit.spans({ spans })
  const alive = (worker: number): boolean => hostAlive && lives.get(worker)?.answered === true
  const noticed = hostAlive ? noticedUs : endUs
  return {
    survivors: Array.from({ length: workers }, (_, i) => alive(i + 1)).filter(Boolean).length,
    hostAlive,
    workers: Array.from({ length: workers }, (_, i) => ({ worker: i + 1, alive: alive(i + 1) })),
    crashed,
    hostEnd: hostAlive ? null : describeEnd(end),
    noticedMs: noticed === null ? null : Math.max(0, noticed - toldUs) / 1000,
  }
}

const describeEnd = ({ code, signal }: HostEnd): string => signal ?? `exit code ${code}`
