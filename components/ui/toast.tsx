/**
 * Short notices at the foot of the page, with at most one action (undo). One `ToastProvider` holds them; `useToast()` shows
 * one. A toast leaves by itself after `durationMs`, but not while it is hovered or focused; `onGone` tells that it left
 * without its action, which is the moment to do for good what could be undone. F8 leads to the newest one from anywhere, and
 * closing it leads back to where the reader was.
 */
'use client'

import { useTranslations } from 'next-intl'
import { createContext, type ReactNode, use, useCallback, useEffect, useRef, useState } from 'react'
import { Button } from './button.tsx'
import { IconButton } from './icon-button.tsx'
import { Kbd } from './kbd.tsx'

export interface Toast {
  message: ReactNode
  action?: { label: string; onAct: () => void }
  /** How long it stays; 6 s unless said. */
  durationMs?: number
  onGone?: () => void
}

interface ShownToast extends Toast {
  id: number
}

/** As in other libraries of the web; F6 belongs to the browser. */
const SHORTCUT = 'F8'

const ToastContext = createContext<((toast: Toast) => void) | null>(null)

export function useToast(): (toast: Toast) => void {
  const show = use(ToastContext)
  if (!show) throw new Error('useToast needs a ToastProvider above it')
  return show
}

export function ToastProvider({ children }: { children: ReactNode }) {
  const [shown, setShown] = useState<readonly ShownToast[]>([])
  const nextId = useRef(0)
  const show = useCallback((toast: Toast) => {
    nextId.current += 1
    const id = nextId.current
    setShown((toasts) => [...toasts, { ...toast, id }])
  }, [])
  const remove = useCallback((id: number) => setShown((toasts) => toasts.filter((toast) => toast.id !== id)), [])
  const region = useRef<HTMLDivElement>(null)
  const cameFrom = useRef<HTMLElement | null>(null)
  useEffect(() => {
    const toNewest = (event: KeyboardEvent): void => {
      const newest = region.current?.lastElementChild?.querySelector('button')
      if (event.key !== SHORTCUT || !newest) return
      event.preventDefault()
      newest.focus()
    }
    window.addEventListener('keydown', toNewest)
    return () => window.removeEventListener('keydown', toNewest)
  }, [])
  return (
    <ToastContext value={show}>
      {children}
      {/* The region stands empty from the start, because regions added together with their text are not announced. */}
      <div
        ref={region}
        role="status"
        onFocus={({ relatedTarget, currentTarget }) => {
          if (relatedTarget instanceof HTMLElement && !currentTarget.contains(relatedTarget))
            cameFrom.current = relatedTarget
        }}
        className="pointer-events-none fixed inset-x-0 bottom-0 z-50 flex flex-col items-center gap-2 p-4 print:hidden"
      >
        {shown.map((toast) => (
          <ToastCard key={toast.id} toast={toast} onRemove={remove} onClose={() => cameFrom.current?.focus()} />
        ))}
      </div>
    </ToastContext>
  )
}

interface ToastCardProps {
  toast: ShownToast
  onRemove: (id: number) => void
  /** Its button had the focus and is about to go. */
  onClose: () => void
}

function ToastCard({ toast, onRemove, onClose }: ToastCardProps) {
  const t = useTranslations('ui')
  const [hovered, setHovered] = useState(false)
  const [focused, setFocused] = useState(false)
  const held = hovered || focused
  const { id, durationMs = 6000, onGone } = toast
  useEffect(() => {
    if (held) return
    const timer = setTimeout(() => {
      onRemove(id)
      onGone?.()
    }, durationMs)
    return () => clearTimeout(timer)
  }, [held, id, durationMs, onGone, onRemove])
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: nothing can be done with it; it only notices being read
    <div
      className="pointer-events-auto flex max-w-full items-center gap-2 rounded-md bg-ink py-1.5 pr-1.5 pl-4 text-sm text-page shadow-floating"
      onPointerEnter={() => setHovered(true)}
      onPointerLeave={() => setHovered(false)}
      onFocus={() => setFocused(true)}
      onBlur={() => setFocused(false)}
    >
      <span className="min-w-0 flex-1 py-1.5">{toast.message}</span>
      {toast.action && (
        <Button
          size="sm"
          variant="quiet"
          aria-keyshortcuts={SHORTCUT}
          className="text-page underline underline-offset-4"
          onClick={() => {
            onClose()
            onRemove(id)
            toast.action?.onAct()
          }}
        >
          {toast.action.label}
        </Button>
      )}
      {toast.action && (
        <span className="opacity-60 pointer-coarse:hidden">
          <Kbd>{SHORTCUT}</Kbd>
        </span>
      )}
      <IconButton
        icon="close"
        size="sm"
        label={t('dismiss')}
        className="text-page"
        onClick={() => {
          onClose()
          onRemove(id)
          onGone?.()
        }}
      />
    </div>
  )
}
