/** The state of a run in one word. */
import { useTranslations } from 'next-intl'
import type { RunStatus } from '../../lib/contract/run-status.ts'
import { Badge, type Tone } from '../ui/badge.tsx'

const TONES: Readonly<Record<RunStatus, Tone>> = {
  queued: 'neutral',
  running: 'accent',
  succeeded: 'positive',
  failed: 'negative',
  cancelled: 'caution',
}

export function RunStatusBadge({ status }: { status: RunStatus }) {
  const t = useTranslations('runs')
  return <Badge tone={TONES[status]}>{t(`status.${status}`)}</Badge>
}
