/** Names at the left of the lanes, as text that can be read aloud, and a button per group that folds it. */
'use client'

import { useTranslations } from 'next-intl'
import { memo } from 'react'
import { useStore } from 'zustand'
import { classes } from '../../ui/classes.ts'
import { Icon } from '../../ui/icon.tsx'
import type { LaneNames } from './lane-names.ts'
import type { Block } from './layout.ts'
import type { TimelineFormat } from './timeline-format.ts'
import type { TimelineStore } from './timeline-store.ts'

function textOf(block: Block, store: TimelineStore, names: LaneNames): string {
  if (block.type === 'heading') return names.group(block.group)
  if (block.type === 'counter') return names.counter(store.index.counters.get(block.id)?.name ?? block.id)
  const lane = store.index.lanes.get(block.id)?.lane
  return lane === undefined ? block.id : names.lane(lane)
}

const NARROW_GUTTER = 100
/** Pixels of a line where there is room for two. */
const WRAPPED_LINE = 18

const Label = memo(function Label(props: { text: string; y: number; height: number; narrow: boolean }) {
  const { text, y, height, narrow } = props
  const wraps = height >= 2 * WRAPPED_LINE
  return (
    <span
      title={text}
      className={classes(
        'absolute left-0 w-full text-[0.75rem] text-muted',
        wraps ? 'line-clamp-2' : 'truncate',
        narrow ? 'pr-1 pl-2' : 'pr-2 pl-6',
      )}
      style={{ top: y, height, lineHeight: `${wraps ? WRAPPED_LINE : Math.min(height, 22)}px` }}
    >
      {text}
    </span>
  )
})

/** What a heading says beside the group's name: how long its part of the round took, where only that is shown. */
function took(store: TimelineStore, format: TimelineFormat, group: string): string | null {
  const window = store.windowOf(group)
  return window === null || !Number.isFinite(window.to) ? null : format.duration(window.to - window.from)
}

export function LaneLabels({
  store,
  names,
  format,
  gutter,
}: {
  store: TimelineStore
  names: LaneNames
  format: TimelineFormat
  gutter: number
}) {
  const t = useTranslations('timeline')
  const layout = useStore(store, (state) => state.layout)
  const narrow = gutter < NARROW_GUTTER
  return (
    <div className="relative" style={{ height: layout.height }}>
      <div className="absolute inset-y-0 left-0" style={{ width: gutter }}>
        {layout.blocks.map((block) =>
          block.type === 'heading' ? (
            <button
              key={`group ${block.group}`}
              type="button"
              aria-expanded={!block.collapsed}
              title={t(block.collapsed ? 'unfold' : 'fold')}
              onClick={() => store.toggleGroup(block.group)}
              className={classes(
                'absolute left-0 flex min-w-full items-center gap-1 rounded-sm bg-sunken pr-2 pl-1 text-sm -outline-offset-2 hover:bg-hover',
                // Open, the name may reach over the empty band beside it; folded, the lanes are drawn there.
                block.collapsed ? 'max-w-full' : 'w-max max-w-[20rem]',
              )}
              style={{ top: block.y, height: block.height }}
            >
              <span className={block.collapsed ? '' : 'rotate-90'}>
                <Icon name="chevron-right" size="0.875em" />
              </span>
              <span className="truncate font-semibold text-ink">{textOf(block, store, names)}</span>
              {!block.collapsed && <span className="figures pl-1 text-muted">{took(store, format, block.group)}</span>}
            </button>
          ) : (
            <Label
              key={`${block.type} ${block.id}`}
              text={textOf(block, store, names)}
              y={block.y}
              height={block.height}
              narrow={narrow}
            />
          ),
        )}
      </div>
    </div>
  )
}
