/**
 * Views of one thing, one at a time. Arrows, Home and End move and choose, as the ARIA pattern has it. Panels that were never
 * shown are not rendered, so a heavy one costs nothing until it is asked for.
 */
'use client'

import { type KeyboardEvent, type ReactNode, useId, useState } from 'react'
import { classes } from './classes.ts'

export interface Tab {
  id: string
  label: ReactNode
  content: ReactNode
}

export interface TabsProps {
  label: string
  tabs: readonly Tab[]
  /** Controlled when given. */
  selected?: string
  onSelect?: (id: string) => void
}

const MOVES: Record<string, (at: number, count: number) => number> = {
  ArrowRight: (at, count) => (at + 1) % count,
  ArrowLeft: (at, count) => (at - 1 + count) % count,
  Home: () => 0,
  End: (_at, count) => count - 1,
}

export function Tabs({ label, tabs, selected, onSelect }: TabsProps) {
  const base = useId()
  const [own, setOwn] = useState(tabs[0]?.id)
  const current = selected ?? own ?? ''
  const [seen, setSeen] = useState<readonly string[]>([current])
  if (!seen.includes(current)) setSeen([...seen, current])

  const select = (id: string): void => {
    setOwn(id)
    onSelect?.(id)
  }
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>): void => {
    const at = tabs.findIndex((tab) => tab.id === current)
    const next = tabs[MOVES[event.key]?.(at, tabs.length) ?? -1]
    if (!next) return
    event.preventDefault()
    select(next.id)
    document.getElementById(`${base}-${next.id}`)?.focus()
  }

  return (
    <div className="min-w-0">
      <div
        role="tablist"
        aria-label={label}
        onKeyDown={onKeyDown}
        className="flex gap-1 overflow-x-auto border-b border-line"
      >
        {tabs.map((tab) => (
          <button
            key={tab.id}
            type="button"
            role="tab"
            id={`${base}-${tab.id}`}
            aria-selected={tab.id === current}
            aria-controls={`${base}-${tab.id}-panel`}
            tabIndex={tab.id === current ? 0 : -1}
            onClick={() => select(tab.id)}
            className={classes(
              '-mb-px min-h-10 shrink-0 border-b-2 px-3 text-sm font-medium transition-colors focus-visible:-outline-offset-2',
              tab.id === current ? 'border-accent text-ink' : 'border-transparent text-muted hover:text-ink',
            )}
          >
            {tab.label}
          </button>
        ))}
      </div>
      {tabs.map((tab) => (
        <div
          key={tab.id}
          role="tabpanel"
          id={`${base}-${tab.id}-panel`}
          aria-labelledby={`${base}-${tab.id}`}
          hidden={tab.id !== current}
          className="pt-4"
        >
          {seen.includes(tab.id) ? tab.content : null}
        </div>
      ))}
    </div>
  )
}
