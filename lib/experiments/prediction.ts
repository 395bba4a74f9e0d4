/** Whether an answer given before a run is one that its question accepts. Without zod: the browser asks before it sends, the server again. */
import type { Question } from './experiment.ts'

type Asked = Pick<Question<Record<string, unknown>, Record<string, unknown>>, 'kind' | 'options'>

export const acceptsAnswer = (
  { kind, options }: Asked,
  params: Record<string, unknown>,
  answer: string | number,
): boolean =>
  kind === 'number' ? Number.isFinite(answer) : typeof answer === 'string' && options(params).includes(answer)
