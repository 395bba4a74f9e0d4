/** A failed request in the reader's language: what happened, the fields that were refused, and a way to try again. */
'use client'

import { useTranslations } from 'next-intl'
import type { ApiProblem } from '../../lib/client/api.ts'
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
  onRetry?: () => void
  className?: string
}

export function ProblemAlert({ problem, onRetry, className }: ProblemAlertProps) {
  const t = useTranslations('ui')
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
      {problem.errors.length > 0 && (
        <ul>
          {problem.errors.map((error) => (
            <li key={`${error.path} ${error.message}`}>
              <code className="font-mono text-xs">{error.path}</code>: {error.message}
            </li>
          ))}
        </ul>
      )}
      {problem.retryAfterSeconds !== null && <p>{t('retryAfter', { seconds: problem.retryAfterSeconds })}</p>}
    </Alert>
  )
}
