/** Says its text to screen readers when it changes, and shows nothing. Callers keep it short and seldom. */
export function LiveRegion({ children, urgent = false }: { children: string; urgent?: boolean }) {
  return (
    <div aria-live={urgent ? 'assertive' : 'polite'} aria-atomic="true" className="sr-only">
      {children}
    </div>
  )
}
