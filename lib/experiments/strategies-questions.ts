/** What may be asked before a run of `strategies`. Without zod: the browser asks and grades. */
import { fastestQuestion, timesFasterQuestion } from './comparison-questions.ts'

export const strategiesQuestions = [fastestQuestion, timesFasterQuestion] as const
