import { html, type Markup } from './markup.ts'

/** One column of a report table: its heading and the cell of each row; numbers are set flush right. */
export type Column<Row> = {
  readonly heading: string
  readonly cell: (row: Row) => string | Markup
  readonly text?: boolean
}

/** A table with a caption for readers who cannot see the chart above it. */
export function dataTable<Row>(
  caption: string,
  columns: readonly Column<Row>[],
  rows: readonly Row[],
): Markup {
  const kind = (column: Column<Row>): string => (column.text === true ? 'text' : 'number')
  return html`<div class="scroll"><table><caption>${caption}</caption><thead><tr>${columns.map(
    (column) => html`<th scope="col" class="${kind(column)}">${column.heading}</th>`,
  )}</tr></thead><tbody>${rows.map(
    (row) =>
      html`<tr>${columns.map((column) => html`<td class="${kind(column)}">${column.cell(row)}</td>`)}</tr>
`,
  )}</tbody></table></div>`
}
