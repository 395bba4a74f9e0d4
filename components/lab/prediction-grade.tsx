/** What was predicted against what was measured, and how often predictions came true in this browser. */
'use client'

import { useTranslations } from 'next-intl'
import { type ReactNode, useEffect, useState } from 'react'
import { browserStorage } from '../../lib/client/browser-storage.ts'
import { isOwnRun } from '../../lib/client/own-runs.ts'
import { countGrade, grade, type Tally } from '../../lib/client/prediction-tally.ts'
import { useInBrowser } from '../../lib/client/use-in-browser.ts'
import type { Prediction, Run } from '../../lib/contract/run.ts'
import { useQuantity } from '../charts/use-quantity.ts'
import type { ExperimentView } from '../experiments/experiment-view.ts'
import { Icon } from '../ui/icon.tsx'
import type { ExperimentWords } from './experiment-words.ts'

export interface PredictionGradeProps {
  run: Run
  words: ExperimentWords
  view: ExperimentView | null
}

export function PredictionGrade({ run, words, view }: PredictionGradeProps) {
  const t = useTranslations('lab.prediction')
  return (
    <div className="mt-5 flex min-h-14 flex-wrap items-center gap-x-6 gap-y-2 border-t border-line pt-3 text-sm print:min-h-0">
      {run.prediction ? (
        <Graded run={run} prediction={run.prediction} words={words} view={view} />
      ) : (
        <p className="text-faint">{t('none')}</p>
      )}
    </div>
  )
}

interface GradedProps {
  run: Run
  prediction: Prediction
  words: ExperimentWords
  view: ExperimentView | null
}

function Graded({ run, prediction, words, view }: GradedProps): ReactNode {
  const t = useTranslations('lab.prediction')
  const quantity = useQuantity()
  const [tally, setTally] = useState<Tally | null>(null)
  const question = view?.questions.find(({ id }) => id === prediction.question)
  const measured = question && run.result ? question.answer(run.result, run.params) : null
  const given = measured === null ? null : grade(prediction.answer, measured)
  const isOwn = useInBrowser(() => isOwnRun(browserStorage(), run.id), false)
  useEffect(() => {
    // Of a run that somebody else started the grade is shown, but it is not the reader's.
    if (given && isOwnRun(browserStorage(), run.id)) setTally(countGrade(browserStorage(), run.id, given))
  }, [given, run.id])
  const inWords = (answer: string | number): string =>
    typeof answer === 'number' ? quantity.number(answer) : words.answer(prediction.question, answer)
  return (
    <>
      <p className="text-muted">{words.ask(prediction.question, question?.asksAbout?.(run.params))}</p>
      <p>
        {isOwn ? t('said') : t('predicted')} <strong className="font-semibold">{inWords(prediction.answer)}</strong>
      </p>
      {measured !== null && (
        <p className="inline-flex items-center gap-2" data-grade={given}>
          <span className={given === 'right' ? 'text-positive' : 'text-caution'}>
            <Icon name={given === 'right' ? 'check' : 'close'} />
          </span>
          <span>
            {t('measured')} <strong className="font-semibold">{inWords(measured)}</strong>
          </span>
        </p>
      )}
      {measured === null && run.status === 'succeeded' && <p className="text-muted">{t('cannotTell')}</p>}
      {tally && (
        <p className="figures text-xs text-faint">{t('tally', { right: tally.right, graded: tally.graded })}</p>
      )}
    </>
  )
}
