/** A failed request in the reader's language: what happened, the fields that were refused, and a way to try again. */
'use client'

import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import type { ApiProblem } from '../../lib/client/api.ts'
import type { FieldError } from '../../lib/contract/problem.ts'
import { Alert } from '../ui/alert.tsx'
import { Button } from '../ui/button.tsx'

type ErrorKey = Parameters<ReturnType<typeof useTranslations<'errors'>>>[0]

/** What a problem or a run's error code means; codes without a message of their own fall back to the general one. */
export function useErrorText(): (code: string) => string {
  const t = useTranslations('errors')
  return (code) => t(t.has(code as ErrorKey) ? (code as ErrorKey) : 'http')
}

export interface ProblemAlertProps {
  problem: ApiProblem
  /** The refused fields to be listed; all of them unless said. */
  errors?: readonly FieldError[]
  /** Says one of them where the page knows its words; otherwise it stands in the server's English. */
  errorText?: (error: FieldError) => ReactNode
  onRetry?: () => void
  className?: string
}

export function ProblemAlert(props: ProblemAlertProps) {
  const { problem, errors = problem.errors, errorText = inEnglish, onRetry, className } = props
  const t = useTranslations('ui')
  const tErrors = useTranslations('errors')
  const { estimateMs, limitMs } = problem.values
  const text = useErrorText()
  return (
    <Alert
      tone="negative"
      live
      title={text(problem.code)}
      className={className}
      actions={
        onRetry && (
          <Button size="sm" icon="repeat" onClick={onRetry}>
            {t('retry')}
          </Button>
        )
      }
    >
      {typeof estimateMs === 'number' && typeof limitMs === 'number' && (
        <p>{tErrors('estimate', { minutes: inMinutes(estimateMs), limit: inMinutes(limitMs) })}</p>
      )}
      {errors.length > 0 && (
        <ul>
          {errors.map((error) => (
            <li key={`${error.path} ${error.message}`}>{errorText(error)}</li>
          ))}
        </ul>
      )}
      {problem.retryAfterSeconds !== null && <p>{t('retryAfter', { seconds: problem.retryAfterSeconds })}</p>}
    </Alert>
  )
}

const inMinutes = (ms: number): number => Math.ceil(ms / 60_000)

const inEnglish = ({ path, message }: FieldError): ReactNode => (
  <span lang="en">
    <code className="font-mono text-xs">{path}</code>: {message}
  </span>
)
