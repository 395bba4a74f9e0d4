/** Who survived: the host as a box, its workers in it or beside it, each with a mark and a word for what became of it. */
'use client'

import { useTranslations } from 'next-intl'
import type { CrashOutcome, IsolationResult } from '../../lib/experiments/isolation.ts'
import type { Crash } from '../../lib/experiments/isolation-kinds.ts'
import { useQuantity } from '../charts/use-quantity.ts'
import { classes } from '../ui/classes.ts'
import { Icon } from '../ui/icon.tsx'
import { Panel } from '../ui/panel.tsx'

function Life({ alive, name, bold = false }: { alive: boolean; name: string; bold?: boolean }) {
  const t = useTranslations('experiments.isolation.crash')
  return (
    <span className="inline-flex flex-wrap items-center gap-x-2">
      <span className={alive ? 'text-positive' : 'text-negative'}>
        <Icon name={alive ? 'check' : 'close'} />
      </span>
      <span className={bold ? 'font-semibold' : 'font-medium'}>{name}</span>
      <span className="text-sm text-muted">{alive ? t('alive') : t('dead')}</span>
    </span>
  )
}

function Diagram({ kind, outcome, how }: { kind: 'threads' | 'processes'; outcome: CrashOutcome; how: Crash }) {
  const t = useTranslations('experiments.isolation.crash')
  const quantity = useQuantity()
  const { hostAlive, survivors, workers, crashed, hostEnd, noticedMs } = outcome
  const asked = how === 'none' ? workers.length : workers.length - 1
  const box = (alive: boolean): string => (alive ? 'border-positive' : 'border-negative border-dashed')
  const workerBoxes = (
    <ul className="flex flex-wrap gap-3">
      {workers.map(({ worker, alive }) => (
        <li key={worker} className={classes('rounded-md border-2 bg-raised px-3 py-2', box(alive))}>
          <Life alive={alive} name={t(kind === 'threads' ? 'thread' : 'process', { index: worker })} />
        </li>
      ))}
    </ul>
  )
  return (
    <section aria-label={t(kind)} className="flex min-w-0 flex-col gap-3">
      <h3 className="text-base font-semibold">{t(kind)}</h3>
      <div className={classes('rounded-lg border-2 bg-sunken p-4', box(hostAlive))}>
        <Life alive={hostAlive} name={t('host')} bold />
        {/* Threads are inside the process that they share; processes stand beside it. */}
        {kind === 'threads' && <div className="mt-3">{workerBoxes}</div>}
      </div>
      {kind === 'processes' && workerBoxes}
      <p>{how === 'none' ? t('nobody') : t('survived', { survivors, others: asked })}</p>
      <p className="text-sm text-muted">
        {[
          crashed?.error && t('toldError', { error: crashed.error }),
          crashed?.signal && t('toldSignal', { signal: crashed.signal }),
          crashed &&
            !crashed.signal &&
            !crashed.error &&
            crashed.code !== null &&
            t('toldCode', { code: crashed.code }),
          hostEnd && t('hostEnd', { end: hostEnd }),
          noticedMs !== null && t(hostAlive ? 'noticed' : 'gone', { time: quantity.time(noticedMs) }),
        ]
          .filter(Boolean)
          .join(' ')}
      </p>
    </section>
  )
}

export function IsolationCrash({ crash, how }: { crash: IsolationResult['crash']; how: Crash }) {
  const t = useTranslations('experiments.isolation.crash')
  return (
    <Panel id="crash" title={t('title')} description={t(`about.${how}`)}>
      <div className="grid gap-8 lg:grid-cols-2">
        <Diagram kind="threads" outcome={crash.threads} how={how} />
        <Diagram kind="processes" outcome={crash.processes} how={how} />
      </div>
    </Panel>
  )
}
