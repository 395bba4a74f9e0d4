/** What may be asked before a run of isolation, and how the answer is read off its result. Without zod: the browser asks and grades. */
import type { Question } from './experiment.ts'
import type { IsolationParams, IsolationResult } from './isolation.ts'

const READS = ['zero', 'some', 'all'] as const

const reading = ({ expected, actual }: { expected: number; actual: number }): (typeof READS)[number] =>
  actual === expected ? 'all' : actual === 0 ? 'zero' : 'some'

const processesCount: Question<IsolationParams, IsolationResult> = {
  id: 'processes-count',
  kind: 'choice',
  options: () => READS,
  answer: ({ memory }) => reading(memory.processes),
}

const hostSurvives: Question<IsolationParams, IsolationResult> = {
  id: 'host-survives',
  kind: 'choice',
  options: () => ['survives', 'dies'],
  answer: ({ crash }) => (crash.threads.hostAlive ? 'survives' : 'dies'),
}

/** How many times a process takes as long to start as a thread; null within noise. */
const startTimes: Question<IsolationParams, IsolationResult> = {
  id: 'start-times',
  kind: 'number',
  options: () => [],
  answer: ({ cost, comparison }) => {
    const verdict = comparison.entries.find(({ key }) => key === 'processes')?.speedup.verdict
    return verdict === 'slower' ? Math.round((cost.processes.startupMs / cost.threads.startupMs) * 10) / 10 : null
  },
}

export const isolationQuestions = [processesCount, hostSurvives, startTimes] as const
