/** Rows of data with a caption. Numeric columns stand at the right in tabular figures; a wide table scrolls in its frame. */
import type { ReactNode } from 'react'
import { classes } from './classes.ts'

export interface Column<Row> {
  id: string
  header: ReactNode
  cell: (row: Row) => ReactNode
  numeric?: boolean
  /** This column names its row. */
  rowHeader?: boolean
}

export interface TableProps<Row> {
  caption: string
  captionHidden?: boolean
  columns: readonly Column<Row>[]
  rows: readonly Row[]
  rowKey: (row: Row, index: number) => string
  /** false where it can't be seen: what nobody sees needs no scrolling, and no place in the order of the tab key. */
  scrolls?: boolean
}

export function Table<Row>({ caption, captionHidden = true, columns, rows, rowKey, scrolls = true }: TableProps<Row>) {
  const table = (
    <table className="w-full border-collapse text-sm">
      <caption className={captionHidden ? 'sr-only' : 'pb-2 text-left text-muted'}>{caption}</caption>
      <thead>
        <tr className="border-b border-line-strong">
          {columns.map((column) => (
            <th
              key={column.id}
              scope="col"
              className={classes(CELL, 'font-medium text-muted', column.numeric ? 'text-right' : 'text-left')}
            >
              {column.header}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row, index) => (
          <tr key={rowKey(row, index)} className="border-b border-line last:border-0">
            {columns.map((column) =>
              column.rowHeader ? (
                <th key={column.id} scope="row" className={classes(CELL, 'font-medium', alignment(column))}>
                  {column.cell(row)}
                </th>
              ) : (
                <td key={column.id} className={classes(CELL, alignment(column))}>
                  {column.cell(row)}
                </td>
              ),
            )}
          </tr>
        ))}
      </tbody>
    </table>
  )
  if (!scrolls) return table
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable to be scrolled by keyboard
    // biome-ignore lint/a11y/useSemanticElements: a fieldset groups form controls; a section would be one landmark more
    <div role="group" className="overflow-x-auto" tabIndex={0} aria-label={caption}>
      {table}
    </div>
  )
}

const CELL = 'px-3 py-2 align-baseline first:pl-0 last:pr-0'

const alignment = (column: { numeric?: boolean }): string =>
  column.numeric ? 'text-right whitespace-nowrap figures' : 'text-left'
