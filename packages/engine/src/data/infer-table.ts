import type { ColumnSpec, TabularData } from '@fednode/protocol'
import { dataError, listed, quoted } from './data-error.ts'
import { identifyingReason } from './identifier.ts'
import { inferCodes } from './infer-codes.ts'
import { checkClasses, checkNumbers } from './infer-label.ts'
import type { InferredData, RowOwners, TableWish } from './inferred-data.ts'
import { missingWish } from './missing-wish.ts'
import type { ColumnObserver } from './observe-column.ts'
import { type ObservedTable, observerOf } from './observe-table.ts'

/** Part of the cells that may be missing before gaps are filled: rows with one are left out below. */
const FEW_GAPS = 0.05
const TEXT_TOKENS = 64
const TEXT_BUCKETS = 4_096

/**
 * Guesses the columns and the label of a table; a table of one text and its classes is one of texts.
 * @throws {UserError} DATA_MISSING_COLUMN, DATA_BAD_LABEL.
 */
export function inferTable(
  seen: ObservedTable,
  wish: TableWish & { readonly task: NonNullable<TableWish['task']> },
  shared: RowOwners,
): InferredData {
  const label = labelOf(seen, wish)
  const { file, rows } = seen
  const labels = [wish.label, wish.time, wish.event].filter((name) => name !== undefined)
  const { columns, leftOut, prose } = chooseColumns(seen, [
    ...labels,
    shared.silo,
    ...(shared.group ?? []),
  ])
  const unlabelled = Math.max(0, ...labels.map((name) => observerOf(seen, name).missing()))
  const [text] = prose
  if (
    columns.length === 0 &&
    prose.length === 1 &&
    text !== undefined &&
    label !== undefined &&
    'classes' in label
  ) {
    const { silo } = shared
    const data = {
      kind: 'text',
      column: text,
      label,
      tokens: TEXT_TOKENS,
      buckets: TEXT_BUCKETS,
    } as const
    const others = leftOut.filter(({ column }) => column !== text)
    return {
      data: silo === undefined ? data : { ...data, silo },
      ...{ leftOut: others, codes: [], unlabelled },
    }
  }
  if (columns.length === 0)
    throw dataError(
      'DATA_MISSING_COLUMN',
      `${file.name} has no column to learn from besides ${labels.map(quoted).join(', ')}`,
      leftOut.length === 0
        ? {}
        : {
            hint: `Left out: ${listed(leftOut.map(({ column, reason }) => `${column} (${reason})`))}.`,
          },
    )
  const gaps = columns.reduce((sum, { name }) => sum + observerOf(seen, name).missing(), 0)
  const isFilled = gaps > FEW_GAPS * rows
  const data: TabularData = {
    kind: 'table',
    columns: isFilled
      ? columns.map((column) => withFilling(column, observerOf(seen, column.name)))
      : columns,
    ...(label === undefined ? {} : { label }),
    ...shared,
    missingRows: isFilled ? 'impute' : 'drop',
  }
  const codes = columns.flatMap(({ name, type }) =>
    type === 'integer' ? inferCodes(name, observerOf(seen, name)) : [],
  )
  return { data, leftOut, codes, unlabelled }
}

/** A constant column has no mean to fill gaps with. */
function withFilling(column: ColumnSpec, observer: ColumnObserver): ColumnSpec {
  const isConstant = column.type !== 'category' && column.scale === undefined
  return isConstant ? { ...column, impute: observer.extremes().min ?? 0 } : column
}

function chooseColumns(seen: ObservedTable, roles: readonly (string | undefined)[]) {
  const columns: ColumnSpec[] = []
  const leftOut: { column: string; reason: string }[] = []
  const prose: string[] = []
  for (const name of seen.names) {
    if (roles.includes(name)) continue
    const observer = observerOf(seen, name)
    if (observer.kind() === 'prose') prose.push(name)
    const column = observer.column(name)
    const reason =
      reasonToLeaveOut(name, observer) ??
      (column === undefined ? 'too many different texts for a category' : undefined)
    if (reason === undefined && column !== undefined) columns.push(column)
    else leftOut.push({ column: name, reason: reason ?? '' })
  }
  return { columns, leftOut, prose }
}

function reasonToLeaveOut(name: string, observer: ColumnObserver): string | undefined {
  const kind = observer.kind()
  if (kind === 'empty') return 'no cell has a value'
  if (kind === 'prose') return 'free text, which may hold anything'
  if (kind === 'time') return 'dates point at people; make a number of it, such as an age in years'
  return identifyingReason(name, observer)
}

function labelOf(
  seen: ObservedTable,
  { task, label, time, event }: TableWish,
): TabularData['label'] {
  if (task === 'anomaly') return undefined
  if (task === 'survival') {
    if (time !== undefined && event !== undefined) return { time, event }
    throw missingWish(
      'survival needs the time watched and whether the event came',
      '--time COL --event COL',
    )
  }
  if (label === undefined) throw missingWish(`${task} needs a column to predict`, '--label COL')
  const observer = observerOf(seen, label)
  if (task === 'classification')
    return { column: label, classes: checkClasses(observer, { file: seen.file.name, label }) }
  return { column: label, ...checkNumbers(observer, { file: seen.file.name, label }) }
}
