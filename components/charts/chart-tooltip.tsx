/** The small card beside what is pointed at in a chart: a name and its figures. */
export interface TooltipRow {
  label: string
  value: string
  colour?: string
}

export function ChartTooltip({ title, rows }: { title: string; rows: readonly TooltipRow[] }) {
  return (
    <div className="rounded-md border border-line bg-raised px-3 py-2 text-xs shadow-floating">
      <p className="mb-1 font-medium text-ink">{title}</p>
      <dl className="figures grid grid-cols-[auto_auto] gap-x-4 gap-y-0.5">
        {rows.map((row) => (
          <div key={row.label} className="contents">
            <dt className="flex items-center gap-1.5 text-muted">
              {row.colour && <span className="size-2 rounded-[2px]" style={{ background: row.colour }} />}
              {row.label}
            </dt>
            <dd className="text-right text-ink">{row.value}</dd>
          </div>
        ))}
      </dl>
    </div>
  )
}
