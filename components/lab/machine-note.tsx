/** On what a run was measured, with what set-up, and what disturbed it. */
'use client'

import { useTranslations } from 'next-intl'
import { memo } from 'react'
import type { Run } from '../../lib/contract/run.ts'
import { useQuantity } from '../charts/use-quantity.ts'
import { Alert } from '../ui/alert.tsx'
import { Panel } from '../ui/panel.tsx'

export const MachineNote = memo(function MachineNote({ run }: { run: Run }) {
  const t = useTranslations('lab.machine')
  const quantity = useQuantity()
  const { machine } = run
  const { searches, otherCpuShare } = run.interference
  const facts = [
    { term: t('processor'), value: t('cores', { model: machine.model, cpus: machine.cpus }) },
    { term: t('memory'), value: quantity.bytes(machine.memoryBytes) },
    { term: t('system'), value: machine.os },
    { term: t('runtime'), value: `Node.js ${machine.node}` },
    ...(otherCpuShare === null
      ? []
      : [{ term: t('otherLoad'), value: t('otherLoadShare', { percent: Math.round(otherCpuShare * 1000) / 10 }) }]),
  ]
  return (
    <Panel id="machine" title={t('title')}>
      <dl className="grid grid-cols-[repeat(auto-fit,minmax(9rem,1fr))] gap-x-6 gap-y-4 text-sm">
        {facts.map(({ term, value }) => (
          <div key={term}>
            <dt className="text-faint">{term}</dt>
            <dd className="mt-0.5 wrap-anywhere">{value}</dd>
          </div>
        ))}
      </dl>
      {searches > 0 && (
        <Alert tone="caution" className="mt-5" title={t('interference', { searches })}>
          {t('interferenceAbout')}
        </Alert>
      )}
    </Panel>
  )
})
