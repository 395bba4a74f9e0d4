/**
 * The timeline as text: what each lane did, summed by kind, and on demand the spans in view. Real tables, to be read by screen
 * readers and copied into a spreadsheet. They follow the picture when it has come to rest, not frame by frame.
 */
'use client'

import { useTranslations } from 'next-intl'
import { useEffect, useState } from 'react'
import { useStore } from 'zustand'
import { Button } from '../../ui/button.tsx'
import { LaneTable, type TableProps } from './lane-table.tsx'
import { SpanTable } from './span-table.tsx'
import type { TimelineStore } from './timeline-store.ts'

const SETTLE_MS = 400

/** Renders again when what is shown has not changed for a moment. */
function useSettled(store: TimelineStore): void {
  const [, setCount] = useState(0)
  useEffect(() => {
    let settling: ReturnType<typeof setTimeout> | undefined
    const unsubscribe = store.subscribe((now, before) => {
      if (
        now.view === before.view &&
        now.version === before.version &&
        now.layout === before.layout &&
        now.kinds === before.kinds
      )
        return
      clearTimeout(settling)
      settling = setTimeout(() => setCount((count) => count + 1), SETTLE_MS)
    })
    return () => {
      unsubscribe()
      clearTimeout(settling)
    }
  }, [store])
}

export function TimelineTable({ store, names, format }: TableProps) {
  const t = useTranslations('timeline')
  const [listing, setListing] = useState(false)
  const live = useStore(store, (state) => state.live)
  useSettled(store)
  return (
    <div className="mt-4 space-y-6" aria-busy={live}>
      <LaneTable store={store} names={names} format={format} />
      {listing ? (
        <SpanTable store={store} names={names} format={format} />
      ) : (
        <Button size="sm" onClick={() => setListing(true)}>
          {t('table.listSpans')}
        </Button>
      )}
    </div>
  )
}
