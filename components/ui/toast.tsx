/**
 * Short notices at the foot of the page, with at most one action (undo). One `ToastProvider` holds them; `useToast()` shows
 * one. A toast leaves by itself after `durationMs`, but not while it is hovered or focused; `onGone` tells that it left
 * without its action, which is the moment to do for good what could be undone.
 */
'use client'

import { useTranslations } from 'next-intl'
import { createContext, type ReactNode, use, useCallback, useEffect, useRef, useState } from 'react'
import { Button } from './button.tsx'
import { IconButton } from './icon-button.tsx'

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
  return (
    <ToastContext value={show}>
      {children}
      {/* The region stands empty from the start, because regions added together with their text are not announced. */}
      <div
        role="status"
        className="pointer-events-none fixed inset-x-0 bottom-0 z-50 flex flex-col items-center gap-2 p-4 print:hidden"
      >
        {shown.map((toast) => (
          <ToastCard key={toast.id} toast={toast} onRemove={remove} />
        ))}
      </div>
    </ToastContext>
  )
}

function ToastCard({ toast, onRemove }: { toast: ShownToast; onRemove: (id: number) => void }) {
  const t = useTranslations('ui')
  const [held, setHeld] = useState(false)
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
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      <span className="min-w-0 flex-1 py-1.5">{toast.message}</span>
      {toast.action && (
        <Button
          size="sm"
          variant="quiet"
          className="text-page underline underline-offset-4"
          onClick={() => {
            onRemove(id)
            toast.action?.onAct()
          }}
        >
          {toast.action.label}
        </Button>
      )}
      <IconButton
        icon="close"
        size="sm"
        label={t('dismiss')}
        className="text-page"
        onClick={() => {
          onRemove(id)
          onGone?.()
        }}
      />
    </div>
  )
}
