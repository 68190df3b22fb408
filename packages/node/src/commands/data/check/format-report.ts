import type { ColumnReport, DataReport } from '@fednode/engine'
import { type PlanWarning, printable } from '@fednode/protocol'

const CELL_WIDTH = 28

/** What `data check` prints: rows, columns, labels, warnings. */
export function formatReport(
  report: DataReport,
  plan: { readonly name: string; readonly warnings: readonly PlanWarning[] },
): string {
  const { rows, used, dropped, columns, labels } = report
  return [
    `${report.file} fits the manifest "${plan.name}"`,
    '',
    `  rows    ${rows}: ${used} used, ${dropped} left out for a missing value`,
    `  labels  ${labels.map(({ name, count }) => `${cell(name)} ${count} (${percent(count, used)})`).join(', ')}`,
    ...(columns.length === 0 ? [] : ['', ...tableOf(columns)]),
    ...(plan.warnings.length === 0 ? [] : ['']),
    ...plan.warnings.map(({ text }) => `Beware: ${text}`),
  ].join('\n')
}

function tableOf(columns: readonly ColumnReport[]): readonly string[] {
  const header = ['column', 'type', 'unit', 'missing', 'min', 'mean', 'max']
  const rows = columns.map((column) => [
    cell(column.name),
    column.type,
    cell(column.unit ?? ''),
    String(column.missing),
    ...(column.categories === undefined
      ? [number(column.min), number(column.mean), number(column.max)]
      : [cell(column.categories.map(({ name, count }) => `${name} ${count}`).join(', ')), '', '']),
  ])
  const all = [header, ...rows]
  const widths = header.map((_, index) => Math.max(...all.map((row) => widthAt(row, index))))
  return all.map((row) =>
    `  ${row.map((text, index) => (index < 3 ? text.padEnd(widths[index] ?? 0) : text.padStart(widths[index] ?? 0))).join('  ')}`.trimEnd(),
  )
}

// A list of categories runs over the three number columns and must not widen the first of them.
function widthAt(row: readonly string[], index: number): number {
  const isList = row[1] === 'category' && index >= 4
  return isList ? 0 : (row[index] ?? '').length
}

function cell(text: string): string {
  return printable(text, CELL_WIDTH)
}

function number(value: number | undefined): string {
  return value === undefined ? '' : String(Number(value.toPrecision(5)))
}

function percent(count: number, all: number): string {
  return all === 0 ? '0 %' : `${((100 * count) / all).toFixed(1)} %`
}
