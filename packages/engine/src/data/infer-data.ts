import type { ColumnSpec, DataSpec, TabularData } from '@fednode/protocol'
import { dataError, listed, quoted } from './data-error.ts'
import { type DataFile, inspectDataFile } from './data-file.ts'
import { findColumns } from './find-columns.ts'
import { identifyingReason } from './identifier.ts'
import { inferArray } from './infer-array.ts'
import { inferCodes, type PossibleCodes } from './infer-codes.ts'
import { checkClasses, checkNumbers, constantLabel } from './infer-label.ts'
import { inferStep } from './infer-step.ts'
import { type ColumnObserver, createColumnObserver } from './observe-column.ts'
import { openTable } from './table-reader.ts'

/** What the author of a federation says of a table; the rest is guessed. */
export type TableWish = {
  /** @default guessed from the label */
  readonly task?: 'classification' | 'regression' | 'survival' | 'anomaly' | 'forecast' | undefined
  readonly label?: string | undefined
  readonly time?: string | undefined
  /** Column that says whether the event was seen at `time`: survival. */
  readonly event?: string | undefined
  readonly group?: readonly string[] | undefined
  /** Column that says whose a row is. */
  readonly silo?: string | undefined
  /** Readings that a forecast is made from, and steps it looks ahead. */
  readonly past?: number | undefined
  readonly horizon?: number | undefined
}

/** A guessed schema, and the columns that are not in it. */
export type InferredData = {
  readonly data: DataSpec
  readonly leftOut: readonly { readonly column: string; readonly reason: string }[]
  /** Number columns that may be codes of categories. */
  readonly codes: readonly PossibleCodes[]
  /** Rows without a label: silos have to leave them out. */
  readonly unlabelled: number
}

type Observed = {
  readonly file: DataFile
  readonly names: readonly string[]
  readonly observers: readonly ColumnObserver[]
  readonly rows: number
}

/** Different whole numbers up to which a label is taken for classes. */
const FEW_NUMBERS = 10
/** Part of the cells that may be missing before gaps are filled: rows with one are left out below. */
const FEW_GAPS = 0.05
const TEXT_TOKENS = 64
const TEXT_BUCKETS = 4_096
const DEFAULT_PAST = 12

/**
 * Guesses the schema of a file for a first manifest. Of a folder of images or of arrays, shape and classes. Of a table: task, types,
 * categories, texts that mean "missing", scaling by mean and deviation, and a wide plausible range (the observed one and its width again
 * on both sides). Columns that look like identifiers, dates and free texts are left out. Mean, deviation and range are facts about this
 * file: who publishes the manifest publishes them.
 * @throws {UserError} fault "data" with a DATA_ code.
 */
export async function inferData(source: string, wish: TableWish): Promise<InferredData> {
  const file = await inspectDataFile(source)
  const { label, time, event, silo, group = [] } = wish
  const named = [label, time, event, silo, ...group].filter((name) => name !== undefined)
  if (file.shape === 'arrays') {
    const data = await inferArray(file, { task: wish.task, named })
    return { data, leftOut: [], codes: [], unlabelled: 0 }
  }
  const seen = await observe(file)
  findColumns(named, { header: seen.names, file: file.name })
  if (seen.rows === 0) throw dataError('DATA_NO_ROWS', `${file.name} has a header but no rows`)
  const shared = {
    ...(group.length === 0 ? {} : { group }),
    ...(silo === undefined ? {} : { silo }),
  }
  const task = wish.task ?? guessTask(seen, wish)
  if (task === 'forecast') return inferSeries(seen, wish, shared)
  return inferTable(seen, { ...wish, task }, shared)
}

async function observe(file: DataFile): Promise<Observed> {
  const table = await openTable(file)
  try {
    const missing = new Set<string>()
    const observers = table.columns.map(() => createColumnObserver(missing))
    let rows = 0
    for await (const chunk of table.chunks()) {
      rows += chunk.rows
      observers.forEach((observer, i) => {
        for (const text of chunk.column(i)) observer.add(text)
      })
    }
    return { file, names: table.columns, observers, rows }
  } finally {
    await table.close()
  }
}

function guessTask(
  seen: Observed,
  { label, time, event }: TableWish,
): NonNullable<TableWish['task']> {
  if (event !== undefined) return 'survival'
  if (label === undefined) return 'anomaly'
  if (time !== undefined) return 'forecast'
  const observer = observerOf(seen, label)
  const kind = observer.kind()
  if (kind === 'number') return 'regression'
  const isMany = kind === 'integer' && observer.texts(FEW_NUMBERS) === undefined
  return isMany ? 'regression' : 'classification'
}

function observerOf({ names, observers }: Observed, name: string): ColumnObserver {
  return observers[names.indexOf(name)] as ColumnObserver
}

function inferTable(
  seen: Observed,
  wish: TableWish & { readonly task: NonNullable<TableWish['task']> },
  shared: Pick<TabularData, 'group' | 'silo'>,
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

function chooseColumns(seen: Observed, roles: readonly (string | undefined)[]) {
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

function labelOf(seen: Observed, { task, label, time, event }: TableWish): TabularData['label'] {
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

async function inferSeries(
  seen: Observed,
  { label, time, past = DEFAULT_PAST, horizon = 1 }: TableWish,
  shared: Pick<TabularData, 'group' | 'silo'>,
): Promise<InferredData> {
  if (label === undefined || time === undefined)
    throw missingWish('a forecast needs what is measured and when', '--label COL --time COL')
  const { file, names } = seen
  const observer = observerOf(seen, label)
  const rules = checkNumbers(observer, { file: file.name, label })
  const column = observer.column(label)
  if (column === undefined) throw constantLabel(observer, { file: file.name, label })
  const { group = [], silo } = shared
  const roles = [label, time, silo, ...group]
  const stepSeconds = await inferStep(file, {
    time,
    group: silo === undefined ? group : [...new Set([silo, ...group])],
  })
  return {
    data: {
      kind: 'series',
      columns: [column],
      label: { column: label, ...rules },
      time,
      ...shared,
      stepSeconds,
      past,
      horizon,
    },
    leftOut: names
      .filter((name) => !roles.includes(name))
      .map((name) => ({
        column: name,
        reason: 'a forecast is made from its own past; add it under columns if it helps',
      })),
    codes: [],
    unlabelled: 0,
  }
}

function missingWish(what: string, flags: string) {
  return dataError('DATA_MISSING_COLUMN', what, { hint: `Give  ${flags}.` })
}
