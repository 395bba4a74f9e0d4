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
  /** On a phone the header of a row stands on a line of its own, above its cells: for few columns of words. */
  stacks?: boolean
}

export function Table<Row>(props: TableProps<Row>) {
  const { caption, captionHidden = true, columns, rows, rowKey, scrolls = true, stacks = false } = props
  const parts = stacks ? STACKED : PLAIN
  const table = (
    <table {...parts.table} className={classes('w-full border-collapse text-sm', parts.table.className)}>
      <caption className={captionHidden ? 'sr-only' : 'pb-2 text-left text-muted'}>{caption}</caption>
      <thead {...parts.group}>
        <tr {...parts.row} className={classes('border-b border-line-strong', parts.row.className)}>
          {columns.map((column) => (
            <th
              key={column.id}
              scope="col"
              {...parts.columnHeader}
              className={classes(
                CELL,
                'font-medium text-muted',
                column.numeric ? 'text-right' : 'text-left',
                column.rowHeader ? parts.rowHeader.className : parts.cell.className,
              )}
            >
              {column.header}
            </th>
          ))}
        </tr>
      </thead>
      <tbody {...parts.group}>
        {rows.map((row, index) => (
          <tr
            key={rowKey(row, index)}
            {...parts.row}
            className={classes('border-b border-line last:border-0', parts.row.className)}
          >
            {columns.map((column) =>
              column.rowHeader ? (
                <th
                  key={column.id}
                  scope="row"
                  {...parts.rowHeader}
                  className={classes(CELL, 'font-medium', alignment(column), parts.rowHeader.className)}
                >
                  {column.cell(row)}
                </th>
              ) : (
                <td key={column.id} {...parts.cell} className={classes(CELL, alignment(column), parts.cell.className)}>
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
    // Positioned, so that what is hidden by position (sr-only) is cut off with the rest and doesn't widen the page.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable to be scrolled by keyboard
    // biome-ignore lint/a11y/useSemanticElements: a fieldset groups form controls; a section would be one landmark more
    <div role="group" className="relative overflow-x-auto" tabIndex={0} aria-label={caption}>
      {table}
    </div>
  )
}

const CELL = 'px-3 py-2 align-baseline first:pl-0 last:pr-0'

interface Part {
  role?: string
  className?: string
}
type Parts = Record<'table' | 'group' | 'row' | 'columnHeader' | 'rowHeader' | 'cell', Part>

const PLAIN: Parts = { table: {}, group: {}, row: {}, columnHeader: {}, rowHeader: {}, cell: {} }

/** Laid out as boxes it would no longer be told as a table: so it says what its parts are. */
const STACKED: Parts = {
  table: { role: 'table', className: 'max-sm:block' },
  group: { role: 'rowgroup', className: 'max-sm:block' },
  row: { role: 'row', className: 'max-sm:flex max-sm:flex-wrap max-sm:py-1.5' },
  columnHeader: { role: 'columnheader' },
  rowHeader: { role: 'rowheader', className: 'max-sm:w-full max-sm:p-0 max-sm:py-0.5' },
  cell: { role: 'cell', className: 'max-sm:min-w-0 max-sm:flex-1 max-sm:py-0.5 max-sm:px-0 max-sm:pr-3' },
}

const alignment = (column: { numeric?: boolean }): string =>
  column.numeric ? 'text-right whitespace-nowrap figures' : 'text-left'
