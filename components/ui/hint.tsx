/**
 * An explanation behind a small mark, opened by press, hover or focus. It is a native popover, so it lies above everything
 * and Escape closes it; the text is also the mark's description for screen readers.
 */
'use client'

import { type ReactNode, useId, useRef } from 'react'
import { Icon } from './icon.tsx'

export function Hint({ label, children }: { label: string; children: ReactNode }) {
  const id = useId()
  const text = useRef<HTMLSpanElement>(null)
  return (
    <span className="relative inline-flex align-middle">
      <button
        type="button"
        aria-label={label}
        aria-describedby={id}
        popoverTarget={id}
        style={{ anchorName: `--${id.replaceAll(/\W/g, '')}` }}
        onPointerEnter={(event) => event.pointerType === 'mouse' && text.current?.showPopover()}
        onPointerLeave={(event) => event.pointerType === 'mouse' && text.current?.hidePopover()}
        className="rounded-full text-faint hover:text-ink"
      >
        <Icon name="info" size="1.1em" />
      </button>
      <span
        ref={text}
        id={id}
        popover="auto"
        role="note"
        style={{ positionAnchor: `--${id.replaceAll(/\W/g, '')}` }}
        className="hint-popover max-w-72 rounded-md border border-line bg-raised px-3 py-2 text-left text-sm font-normal text-ink shadow-floating"
      >
        {children}
      </span>
    </span>
  )
}
