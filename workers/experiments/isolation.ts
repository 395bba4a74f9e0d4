/**
 * Executes isolation: a counter that several workers increment, a worker that dies, and what a thread, a process and a program
 * cost. What may die or must be undisturbed happens in processes of its own.
 */
import type { IsolationParams, IsolationResult } from '#lib/experiments/isolation.ts'
import { isolationFindings } from '#lib/experiments/isolation-findings.ts'
import { deriveEmitter } from './derive-emitter.ts'
import { countTogether, sendSharedMemory } from './isolation/count-together.ts'
import { crashOne } from './isolation/crash-one.ts'
import { measureCosts } from './isolation/measure-costs.ts'
import type { Handler, RunContext } from './run-context.ts'

/** Of the whole run, roughly by duration: the bar goes on where the part before it ended. */
const withProgress = <Params>(context: RunContext<Params>, from: number, to: number): RunContext<Params> => ({
  ...context,
  emit: deriveEmitter(context.emit, {
    progress: (progress) => {
      const share = progress.total > 0 ? progress.done / progress.total : 0
      // What one part still needs says nothing about the parts after it.
      const remainingMs = to === 1 ? progress.remainingMs : null
      context.emit.progress({
        ...progress,
        done: Math.round((from + share * (to - from)) * 100),
        total: 100,
        remainingMs,
      })
    },
  }),
})

export const handler: Handler<IsolationParams, IsolationResult> = async (context) => {
  const { params, emit } = context
  const memory = await countTogether(withProgress(context, 0, 0.2))
  const sharedMemoryToProcess = sendSharedMemory()
  emit.progress({ done: 20, total: 100, label: 'measuring-part', values: { key: 'crash-threads' }, remainingMs: null })
  const threads = await crashOne(context, 'threads')
  emit.progress({
    done: 25,
    total: 100,
    label: 'measuring-part',
    values: { key: 'crash-processes' },
    remainingMs: null,
  })
  const processes = await crashOne(context, 'processes')
  const { cost, comparison, memoryMeasure } = await measureCosts(withProgress(context, 0.3, 1))
  const result: IsolationResult = {
    memory,
    sharedMemoryToProcess,
    crash: { threads, processes },
    cost,
    memoryMeasure,
    comparison,
    findings: [],
  }
  return { ...result, findings: isolationFindings(result, params) }
}
