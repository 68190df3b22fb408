import type { ColumnReport, DataReport } from '@fednode/engine'
import { type PlanWarning, printable } from '@fednode/protocol'
import { formatViolations } from './format-violations.ts'
import type { ShownCheck } from './without-values.ts'

const CELL_WIDTH = 28

/** What `data check` prints: rows, columns, labels, warnings. */
export function formatReport(
  check: ShownCheck,
  plan: { readonly name: string; readonly warnings: readonly PlanWarning[] },
): string {
  const { report, violations } = check
  const { columns } = report
  const problems = formatViolations(check)
  const verdict = violations.length === 0 && report.used > 0 ? 'fits' : 'does not fit'
  const warnings = [...report.warnings, ...plan.warnings]
  return [
    `${report.file} ${verdict} the manifest "${plan.name}"`,
    '',
    ...(problems.length === 0 ? [] : [...problems, '']),
    ...countLines(report),
    ...(columns.length === 0 ? [] : ['', ...tableOf(columns)]),
    ...(warnings.length === 0 ? [] : ['']),
    ...warnings.map(({ text }) => `Beware: ${text}`),
  ].join('\n')
}

function countLines({ rows, used, dropped, labels, label, groups }: DataReport): string[] {
  const shares = labels.map(({ name, count }) => `${cell(name)} ${count} (${percent(count, used)})`)
  const range = label === undefined ? [] : [rangeOf(label)]
  const said = [...shares, ...range].join(', ')
  return [
    `  rows    ${rows}: ${used} used, ${dropped} left out`,
    ...(said === '' ? [] : [`  labels  ${said}`]),
    ...(groups === undefined ? [] : [`  groups  ${groups}`]),
  ]
}

function rangeOf({ name, unit, min, mean, max }: ColumnReport): string {
  const shown = unit === undefined ? cell(name) : `${cell(name)} (${cell(unit)})`
  return min === undefined
    ? shown
    : `${shown} ${number(min)} to ${number(max)}, mean ${number(mean)}`
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
