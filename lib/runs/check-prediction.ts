/** A prediction that could be graded, or the refusal: its question is one of the experiment's, its answer one that this accepts. */
import { type Outcome, succeed } from '../contract/failure.ts'
import { refuseFields } from '../contract/parse-input.ts'
import type { Prediction } from '../contract/run.ts'
import type { Experiment } from '../experiments/experiment.ts'
import { acceptsAnswer } from '../experiments/prediction.ts'

export const checkPrediction = (
  { questions }: Experiment,
  params: Record<string, unknown>,
  prediction: Prediction | null,
): Outcome<Prediction | null> => {
  if (prediction === null) return succeed(null)
  const question = questions.find(({ id }) => id === prediction.question)
  if (question === undefined) {
    const ids = questions.map(({ id }) => id)
    const accepted = ids.length === 0 ? 'this experiment asks nothing' : `accepted are ${ids.join(', ')}`
    return refuseFields([
      { path: 'prediction.question', message: `${accepted}; got ${JSON.stringify(prediction.question)}` },
    ])
  }
  if (acceptsAnswer(question, params, prediction.answer)) return succeed(prediction)
  const accepted =
    question.kind === 'number' ? 'a number is accepted' : `accepted are ${question.options(params).join(', ')}`
  return refuseFields([{ path: 'prediction.answer', message: `${accepted}; got ${JSON.stringify(prediction.answer)}` }])
}
