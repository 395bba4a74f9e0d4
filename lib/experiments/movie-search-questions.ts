/** What may be asked before a run of movie-search. Without zod: the browser asks and grades. */
import { fastestQuestion, timesFasterQuestion } from './comparison-questions.ts'

export const movieSearchQuestions = [fastestQuestion, timesFasterQuestion] as const
