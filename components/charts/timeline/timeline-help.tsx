/** The keys and gestures, behind a button: a native popover, so Escape closes it and focus comes back. */
'use client'

import { useTranslations } from 'next-intl'
import { useId } from 'react'
import { Icon } from '../../ui/icon.tsx'
import { Kbd } from '../../ui/kbd.tsx'

const KEYS = [
  ['pan', ['←', '→', 'A', 'D']],
  ['zoom', ['↑', '↓', 'W', 'S', '+', '−']],
  ['ends', ['Home', 'End']],
  ['fit', ['0']],
  ['walk', ['[', ']']],
  ['select', ['Shift + ←', 'Shift + →']],
  ['zoomTo', ['F']],
  ['leave', ['Esc']],
] as const

const GESTURES = [
  ['zoom', ['wheel', 'pinch']],
  ['pan', ['shiftWheel']],
  ['select', ['shiftDrag']],
] as const

export function TimelineHelp() {
  const t = useTranslations('timeline')
  const id = useId()
  const anchor = `--${id.replaceAll(/\W/g, '')}`
  return (
    <>
      <button
        type="button"
        popoverTarget={id}
        aria-label={t('help')}
        title={t('help')}
        style={{ anchorName: anchor }}
        className="inline-flex size-8 items-center justify-center rounded-md text-muted hover:bg-hover hover:text-ink"
      >
        <Icon name="info" />
      </button>
      <div
        id={id}
        popover="auto"
        style={{ positionAnchor: anchor }}
        className="hint-popover max-w-[min(30rem,92vw)] rounded-md border border-line bg-raised px-4 py-3 text-sm text-ink shadow-floating"
      >
        <p className="mb-2 font-semibold">{t('help')}</p>
        <dl className="grid grid-cols-[minmax(0,10rem)_1fr] items-baseline gap-x-4 gap-y-2">
          {KEYS.map(([what, keys]) => (
            <div key={what} className="contents">
              <dt className="flex flex-wrap gap-1">
                {keys.map((key) => (
                  <Kbd key={key}>{key}</Kbd>
                ))}
              </dt>
              <dd>{t(`keys.${what}`)}</dd>
            </div>
          ))}
          {GESTURES.map(([what, gestures]) => (
            <div key={`${what} by gesture`} className="contents">
              <dt className="text-muted">{gestures.map((gesture) => t(`keys.${gesture}`)).join('; ')}</dt>
              <dd>{t(`keys.${what}`)}</dd>
            </div>
          ))}
        </dl>
      </div>
    </>
  )
}
