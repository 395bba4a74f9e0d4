/**
 * Mutex or semaphore? Four cards, one for each primitive: who is inside after a stranger released it, drawn and in words, what
 * each release was told, and why.
 */
'use client'

import { useTranslations } from 'next-intl'
import { type ReactNode, useId } from 'react'
import type { SemaphoreResult } from '../../../lib/experiments/semaphore.ts'
import { RELEASED, type Released } from '../../../lib/experiments/semaphore-releases.ts'
import { Icon } from '../../ui/icon.tsx'
import { Panel } from '../../ui/panel.tsx'

const ACCEPTED = 'accepted'

export function ForeignReleases({ result }: { result: SemaphoreResult }) {
  const t = useTranslations('experiments.semaphore.releases')
  return (
    <Panel id="foreign-release" title={t('title')} description={t('about')}>
      <ul className="grid grid-cols-[repeat(auto-fit,minmax(min(15rem,100%),1fr))] gap-4">
        {RELEASED.map((what) => (
          <ReleaseCard key={what} what={what} result={result} />
        ))}
      </ul>
    </Panel>
  )
}

function ReleaseCard({ what, result }: { what: Released; result: SemaphoreResult }) {
  const t = useTranslations('experiments.semaphore.releases')
  const names = useTranslations('experiments.semaphore')
  const id = useId()
  const entered = result.enteredAfterwards[what]
  const name = what === 'semaphore' ? names('questions.refuses.options.semaphore') : names(`keys.${what}`)
  return (
    <li aria-labelledby={id} className="flex flex-col gap-3 rounded-md border border-line p-4">
      <h3 id={id}>{name}</h3>
      <Room entered={entered} label={t(entered ? 'both' : 'onlyA')} inside={t('inside')} outside={t('outside')} />
      <dl className="flex flex-col gap-2 text-sm">
        <Step label={t('foreign')}>
          <Said said={result.foreignRelease[what]} refusalIsRight />
        </Step>
        <Step label={t('enters')}>
          <span className={entered ? 'text-negative' : 'text-positive'}>{t(entered ? 'in' : 'kept-out')}</span>
        </Step>
        <Step label={t('holder')}>
          <Said said={result.holderRelease[what]} />
        </Step>
        <Step label={t('idle')}>
          <Said said={result.idleRelease[what]} refusalIsRight />
        </Step>
      </dl>
      <p className="mt-auto text-sm text-muted">{t(`explain.${what}`)}</p>
    </li>
  )
}

function Step({ label, children }: { label: ReactNode; children: ReactNode }) {
  return (
    <div className="flex flex-wrap items-baseline justify-between gap-x-3 border-b border-line pb-1.5">
      <dt className="text-muted">{label}</dt>
      <dd className="font-medium">{children}</dd>
    </div>
  )
}

/** Refusing a stranger is right, refusing the holder is not; so the mark says how it went, the word what was said. */
function Said({ said, refusalIsRight = false }: { said: string; refusalIsRight?: boolean }) {
  const t = useTranslations('experiments.semaphore.releases')
  const accepted = said === ACCEPTED
  const right = accepted !== refusalIsRight
  return (
    <span className={`inline-flex items-center gap-1.5 ${right ? 'text-positive' : 'text-negative'}`}>
      <Icon name={right ? 'check' : 'close'} />
      {accepted ? t('accepted') : <code>{said}</code>}
    </span>
  )
}

/** Who is inside: a room with A in it, and B beside A or before the door. */
function Room({
  entered,
  label,
  inside,
  outside,
}: {
  entered: boolean
  label: string
  inside: string
  outside: string
}) {
  return (
    <svg viewBox="0 0 240 84" role="img" aria-label={label} className="w-full">
      <rect
        x="1"
        y="1"
        width="146"
        height="82"
        rx="6"
        fill="var(--surface-sunken)"
        stroke={entered ? 'var(--negative)' : 'var(--positive)'}
        strokeWidth="2"
      />
      <text x="10" y="18" fontSize="11" fill="var(--ink-faint)">
        {inside}
      </text>
      <text x="160" y="18" fontSize="11" fill="var(--ink-faint)">
        {outside}
      </text>
      <Token x={48} name="A" colour="var(--span-held)" />
      <Token x={entered ? 104 : 196} name="B" colour={entered ? 'var(--span-wait)' : 'var(--ink-faint)'} />
      {entered && (
        <path d="M196 52H136m8-6-8 6 8 6" fill="none" stroke="var(--span-wait)" strokeWidth="2" strokeDasharray="4 3" />
      )}
    </svg>
  )
}

function Token({ x, name, colour }: { x: number; name: string; colour: string }) {
  return (
    <g>
      <circle cx={x} cy={52} r={18} fill="var(--surface-raised)" stroke={colour} strokeWidth="3" />
      <text x={x} y={57} textAnchor="middle" fontSize="15" fontWeight="600" fill="var(--ink)">
        {name}
      </text>
    </g>
  )
}
