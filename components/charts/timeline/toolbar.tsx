/** The buttons of the timeline. What saves the run's data stands under it, where it also stands without a timeline. */
'use client'

import { useTranslations } from 'next-intl'
import { useStore } from 'zustand'
import { Button } from '../../ui/button.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { glideTo } from './glide.ts'
import { TimelineHelp } from './timeline-help.tsx'
import type { TimelineStore } from './timeline-store.ts'
import { middleOf, zoomedAbout } from './viewport.ts'

export interface ToolbarProps {
  store: TimelineStore
  tableShown: boolean
  onToggleTable: () => void
  onSavePng: () => void
}

export function Toolbar({ store, tableShown, onToggleTable, onSavePng }: ToolbarProps) {
  const t = useTranslations('timeline')
  const following = useStore(store, (state) => state.following)
  const live = useStore(store, (state) => state.live)
  const tall = useStore(store, (state) => state.tall)
  const zoom = (factor: number): void => {
    const { view, bounds } = store.getState()
    glideTo(store, zoomedAbout(view, middleOf(view), factor, bounds))
  }
  return (
    <div className="-mr-2 flex items-center print:hidden">
      <IconButton size="sm" icon="minus" label={t('zoomOut')} disabled={following} onClick={() => zoom(2)} />
      <IconButton size="sm" icon="plus" label={t('zoomIn')} onClick={() => zoom(0.5)} />
      <Button
        size="sm"
        variant="quiet"
        className="px-2"
        title={t('fitHelp')}
        disabled={following}
        onClick={() => (live ? store.fit() : glideTo(store, store.getState().bounds))}
      >
        {live ? t('follow') : t('fit')}
      </Button>
      <IconButton size="sm" icon="expand" label={t('tall')} pressed={tall} onClick={() => store.setTall(!tall)} />
      <IconButton
        size="sm"
        icon="list"
        label={tableShown ? t('hideTable') : t('showTable')}
        aria-expanded={tableShown}
        onClick={onToggleTable}
      />
      <IconButton size="sm" icon="save" label={t('savePng')} onClick={onSavePng} />
      <TimelineHelp />
    </div>
  )
}
