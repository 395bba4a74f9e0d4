/** What the work came to: the picture before and after, a block's nonce, percentiles and histogram, a number. */
'use client'

import { useTranslations } from 'next-intl'
import { Histogram } from '../charts/histogram.tsx'
import { useQuantity } from '../charts/use-quantity.ts'
import { Panel } from '../ui/panel.tsx'

type Artefact = Readonly<Record<string, unknown>>

const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null)
const numberOf = (value: unknown): number | null => (typeof value === 'number' ? value : null)

function Picture({ artefact }: { artefact: Artefact }) {
  const t = useTranslations('experiments.strategies.artefact')
  const sides = (['before', 'after'] as const).map((side) => ({ side, source: textOf(artefact[side]) }))
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      {sides.map(({ side, source }) => (
        <figure key={side} className="flex flex-col gap-2">
          {source && (
            // biome-ignore lint/performance/noImgElement: the run's own picture as a data URL; there is nothing to optimise
            <img src={source} alt={t(`picture.${side}Alt`)} className="w-full rounded-md" width={480} height={300} />
          )}
          <figcaption className="text-sm text-muted">{t(`picture.${side}`)}</figcaption>
        </figure>
      ))}
    </div>
  )
}

function Facts({ facts }: { facts: readonly { label: string; value: string }[] }) {
  return (
    <dl className="flex flex-wrap gap-x-10 gap-y-4">
      {facts.map(({ label, value }) => (
        <div key={label} className="min-w-0">
          <dt className="text-sm text-muted">{label}</dt>
          <dd className="figures break-all">{value}</dd>
        </div>
      ))}
    </dl>
  )
}

export function StrategiesArtefact({ workload, artefact }: { workload: string; artefact: Artefact }) {
  const t = useTranslations('experiments.strategies.artefact')
  const { number } = useQuantity()
  if (workload === 'image') {
    return (
      <Panel title={t('picture.title')}>
        <Picture artefact={artefact} />
      </Panel>
    )
  }
  if (workload === 'array') {
    const counts = Array.isArray(artefact.histogram)
      ? artefact.histogram.filter((count) => typeof count === 'number')
      : []
    const width = numberOf(artefact.binWidth) ?? 1
    const percentiles = Object.entries(artefact.percentiles ?? {}).filter(([, value]) => typeof value === 'number')
    return (
      <Histogram
        title={t('array.title')}
        subtitle={t('array.about')}
        series={[
          {
            key: 'array',
            label: t('array.values'),
            bins: counts.map((count, i) => ({ from: i * width, to: (i + 1) * width, count })),
            marks: percentiles.map(([name, value]) => ({ value: Number(value), label: name })),
          },
        ]}
        xLabel={t('array.axis')}
      />
    )
  }
  const facts = Object.entries(artefact).flatMap(([name, value]) => {
    const shown = numberOf(value) === null ? textOf(value) : number(numberOf(value) ?? 0)
    const known = ['count', 'value', 'nonce', 'hash', 'tried', 'rows'] as const
    const key = known.find((one) => one === name)
    return key && shown !== null ? [{ label: t(`fact.${key}`), value: shown }] : []
  })
  return facts.length > 0 ? (
    <Panel title={t('title')}>
      <Facts facts={facts} />
    </Panel>
  ) : null
}
