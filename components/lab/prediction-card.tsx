/**
 * Predict first: one question before a run. Answering is optional; the answer is stored with the run. A second press takes it
 * back, and another question can be asked instead.
 */
'use client'

import { useTranslations } from 'next-intl'
import { useId, useState } from 'react'
import { browserStorage } from '../../lib/client/browser-storage.ts'
import type { ParamValues } from '../../lib/client/param-fields.ts'
import { readTally } from '../../lib/client/prediction-tally.ts'
import { useInBrowser } from '../../lib/client/use-in-browser.ts'
import type { Prediction } from '../../lib/contract/run.ts'
import type { Question } from '../../lib/experiments/experiment.ts'
import { Button } from '../ui/button.tsx'
import { NumberField } from '../ui/number-field.tsx'
import type { ExperimentWords } from './experiment-words.ts'
import { strategySwatch } from './strategy-swatch.ts'

export interface PredictionCardProps {
  questions: readonly Question<Record<string, unknown>, Record<string, unknown>>[]
  params: ParamValues
  words: ExperimentWords
  prediction: Prediction | null
  /** For the run after the one that is shown. */
  next: boolean
  onPredict: (prediction: Prediction | null) => void
}

export function PredictionCard({ questions, params, words, prediction, next, onPredict }: PredictionCardProps) {
  const t = useTranslations('lab.prediction')
  const id = useId()
  const [at, setAt] = useState(0)
  const question = questions[at % Math.max(1, questions.length)]
  if (!question) return null
  const answer = prediction?.question === question.id ? prediction.answer : null
  return (
    <section
      aria-labelledby={id}
      className={`rounded-lg border border-line bg-raised px-5 py-4 sm:px-6 sm:py-5 print:hidden ${next ? '' : 'min-h-56 max-lg:order-first'}`}
    >
      <div className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
        <p className="small-label">{next ? t('again') : t('before')}</p>
        <TallyLine />
      </div>
      <h2 id={id} className="mt-1 text-xl">
        {words.ask(question.id, question.asksAbout?.(params))}
      </h2>
      <div className="mt-4 flex flex-wrap items-end gap-2">
        {question.kind === 'number' ? (
          <div className="w-48">
            <NumberField
              label={t('yourNumber')}
              value={typeof answer === 'number' ? answer : null}
              nullable
              min={0}
              step="any"
              onChange={(number) => onPredict(number === null ? null : { question: question.id, answer: number })}
            />
          </div>
        ) : (
          question.options(params).map((option) => (
            <button
              key={option}
              type="button"
              aria-pressed={answer === option}
              onClick={() => onPredict(answer === option ? null : { question: question.id, answer: option })}
              className="inline-flex min-h-11 items-center gap-2.5 rounded-md border border-line-strong bg-raised px-4 font-medium transition-colors hover:bg-hover aria-pressed:border-accent aria-pressed:bg-accent-soft"
            >
              {strategySwatch(option) && (
                <span
                  aria-hidden="true"
                  className="size-3 rounded-[3px]"
                  style={{ background: strategySwatch(option) }}
                />
              )}
              {words.answer(question.id, option)}
            </button>
          ))
        )}
      </div>
      <div className="mt-3 flex min-h-8 flex-wrap items-center justify-between gap-2 text-sm text-muted">
        <p aria-live="polite">{answer === null ? t('optional') : t('noted')}</p>
        {questions.length > 1 && (
          <Button
            size="sm"
            variant="quiet"
            className="-mr-3"
            onClick={() => {
              setAt(at + 1)
              onPredict(null)
            }}
          >
            {t('another')}
          </Button>
        )}
      </div>
    </section>
  )
}

/** How often predictions came true in this browser; nothing before the first. */
function TallyLine() {
  const t = useTranslations('lab.prediction')
  const tally = useInBrowser(() => JSON.stringify(readTally(browserStorage())), null)
  const { right, graded } = tally === null ? { right: 0, graded: 0 } : JSON.parse(tally)
  return graded > 0 ? <p className="figures text-xs text-faint">{t('tally', { right, graded })}</p> : null
}
