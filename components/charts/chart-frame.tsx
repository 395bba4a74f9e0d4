/**
 * What stands around every chart: a title that says what is seen, how to read it, the same figures as a table for who can't or
 * doesn't want to read the drawing, and a way to save it. The drawing's box keeps its height from the start.
 */
'use client'

import { useTranslations } from 'next-intl'
import { type ReactNode, useId, useRef, useState } from 'react'
import { Button } from '../ui/button.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import { Table, type TableProps } from '../ui/table.tsx'
import { ChartLegend, type LegendItem } from './chart-legend.tsx'
import { savePicture } from './save-picture.ts'

export interface ChartFrameProps<Row> {
  title: string
  /** How to read it, or what to look at. */
  subtitle?: ReactNode
  legend?: readonly LegendItem[]
  table: Omit<TableProps<Row>, 'caption'>
  /** The height of the drawing, a CSS length. */
  height: string
  level?: 2 | 3
  /** Without a frame of its own, where it stands in one. */
  bare?: boolean
  children: ReactNode
}

export function ChartFrame<Row>(props: ChartFrameProps<Row>) {
  const { title, subtitle, legend, table, height, level = 2, bare = false, children } = props
  const t = useTranslations('charts')
  const id = useId()
  const drawing = useRef<HTMLDivElement>(null)
  const [asTable, setAsTable] = useState(false)
  const Heading = `h${level}` as const

  const save = async (): Promise<void> => {
    const svg = drawing.current?.querySelector('svg')
    if (svg) await savePicture(svg, title, title)
  }

  return (
    <figure
      aria-labelledby={id}
      className={bare ? 'min-w-0' : 'min-w-0 rounded-lg border border-line bg-raised px-5 py-4 sm:px-6 sm:py-5'}
    >
      <figcaption className="mb-4 flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
        <div className="min-w-0 flex-1 basis-64">
          <Heading id={id} className="text-lg">
            {title}
          </Heading>
          {subtitle && <p className="mt-1 text-sm text-muted">{subtitle}</p>}
        </div>
        <div className="-mr-2 flex items-center print:hidden">
          <Button
            size="sm"
            variant="quiet"
            icon={asTable ? 'chart' : 'table'}
            aria-pressed={asTable}
            onClick={() => setAsTable(!asTable)}
          >
            {asTable ? t('asChart') : t('asTable')}
          </Button>
          <IconButton
            size="sm"
            icon="save"
            label={t('savePicture')}
            disabled={asTable}
            onClick={() => {
              void save()
            }}
          />
        </div>
      </figcaption>
      {legend && legend.length > 0 && !asTable && <ChartLegend items={legend} />}
      {asTable ? (
        <div style={{ minHeight: height }}>
          <Table {...table} caption={title} />
        </div>
      ) : (
        <>
          {/* Names of axes may stand out a little; the frame has room for them. */}
          <div ref={drawing} style={{ height }} aria-hidden="true" className="[&_svg]:overflow-visible">
            {children}
          </div>
          {/* The drawing says nothing to a screen reader; the table beside it does. */}
          <div className="sr-only">
            <Table {...table} caption={title} scrolls={false} />
          </div>
        </>
      )}
    </figure>
  )
}
