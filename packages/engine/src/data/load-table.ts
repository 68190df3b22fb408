import {
  type ColumnSpec,
  columnWidth,
  featureShapeOf,
  sizeOf,
  type TabularData,
} from '@fednode/protocol'
import { type ColumnReader, createColumnReader } from './column-reader.ts'
import { dataError, quoted } from './data-error.ts'
import type { DataFile } from './data-file.ts'
import type { DataReading } from './data-reading.ts'
import type { Fault } from './fault.ts'
import { findColumns } from './find-columns.ts'
import { createGroupIds, type GroupIds } from './group-ids.ts'
import { createLabelReader, type LabelReader } from './label-reader.ts'
import { createNumberList, type NumberList } from './number-list.ts'
import type { RowBuffer, RowKeeper } from './row-buffer.ts'
import { suspectUnits } from './suspect-units.ts'
import { openTable, type TableChunk } from './table-reader.ts'
import { createViolations, type Violations } from './violations.ts'

/** A column of the schema, where it stands in the file and where its features go. */
type PlacedColumn = {
  readonly spec: ColumnSpec
  readonly index: number
  readonly offset: number
  readonly reader: ColumnReader
  /** What a missing number becomes, scaled; undefined: the row cannot be used. */
  readonly imputed: number | undefined
  readonly refusal: Fault
}

/** State of one pass over a file. */
type Pass<Kept> = {
  readonly file: DataFile
  readonly data: TabularData
  readonly columns: readonly PlacedColumn[]
  readonly label: LabelReader
  readonly labelIndexes: readonly number[]
  readonly groupIndexes: readonly number[]
  readonly groups: GroupIds
  readonly groupOf: NumberList<Int32Array>
  readonly rowNumbers: NumberList<Uint32Array>
  readonly buffer: RowBuffer<Float32Array, Kept>
  readonly violations: Violations
  rows: number
}

/**
 * Reads a table by the manifest's schema: numbers scaled, categories one-hot, and what is to be predicted. Rows count from 1, the first
 * after the header. Bad cells are counted, their rows are not used.
 * @throws {UserError} with a DATA_ code when the file is no table, a column is not there, or it is too large.
 */
export async function loadTable<Kept extends object>(
  file: DataFile,
  data: TabularData,
  keeper: RowKeeper<Kept>,
): Promise<DataReading<Kept>> {
  const table = await openTable(file, numericColumns(data))
  try {
    const pass = startPass({ file, data, header: table.columns }, keeper)
    for await (const chunk of table.chunks()) readChunk(pass, chunk)
    return finishPass(pass)
  } finally {
    await table.close()
  }
}

function numericColumns({ columns }: TabularData): readonly string[] {
  return columns.filter(({ type }) => type !== 'category').map(({ name }) => name)
}

function startPass<Kept extends object>(
  of: {
    readonly file: DataFile
    readonly data: TabularData
    readonly header: readonly string[]
  },
  keeper: RowKeeper<Kept>,
): Pass<Kept> {
  const { file, data, header } = of
  const violations = createViolations()
  const label = createLabelReader(data.label, violations)
  const find = (names: readonly string[]): readonly number[] =>
    findColumns(names, { header, file: file.name })
  const names = data.columns.map(({ name }) => name)
  const indexes = find([...names, ...label.columns, ...(data.group ?? [])])
  const groupStart = names.length + label.columns.length
  return {
    file,
    data,
    columns: placeColumns(data, { indexes, violations }),
    label,
    labelIndexes: indexes.slice(names.length, groupStart),
    groupIndexes: indexes.slice(groupStart),
    groups: createGroupIds(),
    groupOf: createNumberList((length) => new Int32Array(length)),
    rowNumbers: createNumberList((length) => new Uint32Array(length)),
    buffer: keeper.floats(sizeOf(featureShapeOf(data)), file.name),
    violations,
    rows: 0,
  }
}

function placeColumns(
  { columns, missingRows }: TabularData,
  { indexes, violations }: { readonly indexes: readonly number[]; readonly violations: Violations },
): readonly PlacedColumn[] {
  let offset = 0
  return columns.map((spec, i) => {
    const reader = createColumnReader(spec, violations)
    const imputed = missingRows === 'impute' ? imputedValue(spec) : undefined
    const refusal = missingFault(spec)
    const placed = { spec, index: indexes[i] as number, offset, reader, imputed, refusal }
    offset += columnWidth(spec)
    return placed
  })
}

/** Scaled; of a category all features stay 0, which adding 0 to the first keeps. */
function imputedValue({ type, impute, scale }: ColumnSpec): number {
  if (type === 'category') return 0
  if (impute === undefined) return 0
  return scale === undefined ? impute : (impute - scale.mean) / scale.deviation
}

function missingFault({ name }: ColumnSpec): Fault {
  return {
    code: 'DATA_MISSING_VALUE',
    where: `column ${quoted(name)}`,
    column: name,
    rule: 'missing',
    rough: 'missing',
    problem: (text) => `${quoted(text)} means a missing value`,
    hint: () => 'This federation takes complete rows only: fill the cell or remove the row.',
  }
}

function readChunk(pass: Pass<object>, chunk: TableChunk): void {
  const cells = pass.columns.map((column) => cellsOf(column, chunk))
  const labels = pass.labelIndexes.map((index) => chunk.column(index))
  const groups = pass.groupIndexes.map((index) => chunk.column(index))
  for (let i = 0; i < chunk.rows; i++) {
    pass.rows++
    const at = (column: readonly string[]): string => column[i] ?? ''
    let isComplete = pass.label.read(labels.map(at), pass.rows)
    const features = pass.buffer.next()
    for (const { column, numbers, textAt } of cells) {
      const value = numbers === undefined ? Number.NaN : (numbers[i] as number)
      if (column.reader.accept(value)) features[column.offset] = scaled(column.spec, value)
      else if (!readCell(pass, column, { text: textAt(i), features })) isComplete = false
    }
    if (!isComplete) continue
    pass.buffer.keep()
    pass.rowNumbers.add(pass.rows)
    pass.label.keep()
    if (groups.length > 0) pass.groupOf.add(pass.groups.idOf(groups.map(at)))
  }
}

/** Cells of a column: as numbers where they may be taken so, and as text where that is asked for. */
function cellsOf(column: PlacedColumn, chunk: TableChunk) {
  const { index, reader } = column
  const numbers = reader.isNumeric ? chunk.numbers(index) : undefined
  if (numbers !== undefined)
    return { column, numbers, textAt: (row: number) => chunk.cell(index, row) }
  const texts = chunk.column(index)
  return { column, numbers: undefined, textAt: (row: number) => texts[row] ?? '' }
}

/** Writes a cell's features; false when the row cannot be used. */
function readCell(
  { data, rows, violations }: Pass<object>,
  { spec, offset, reader, imputed, refusal }: PlacedColumn,
  { text, features }: { readonly text: string; readonly features: Float32Array },
): boolean {
  const cell = reader.read(text, rows)
  if (cell.kind === 'bad') return false
  if (cell.kind === 'missing') {
    if (data.missingRows === 'refuse') violations.add(refusal, rows, text)
    if (imputed === undefined) return false
    features[offset] = imputed
    return true
  }
  if (spec.type === 'category') features[offset + cell.value] = 1
  else features[offset] = scaled(spec, cell.value)
  return true
}

function scaled({ scale }: ColumnSpec, value: number): number {
  return scale === undefined ? value : (value - scale.mean) / scale.deviation
}

function finishPass<Kept extends object>(pass: Pass<Kept>): DataReading<Kept> {
  const { file, data, columns, label, groups, groupOf, buffer, violations, rows } = pass
  if (rows === 0)
    throw dataError('DATA_NO_ROWS', `${file.name} has a header but no rows`, {
      hint: 'Check that this is the right file.',
    })
  const { kept, count } = buffer.finish()
  const { targets, ...labels } = label.finish()
  const hasGroups = data.group !== undefined
  return {
    dataset: {
      count,
      featureShape: featureShapeOf(data),
      ...kept,
      featureScale: 1,
      targets,
      ...(hasGroups ? { groups: groupOf.finish() } : {}),
    },
    report: {
      file: file.name,
      rows,
      used: count,
      dropped: rows - count,
      columns: columns.map(({ reader }) => reader.report()),
      ...labels,
      ...(hasGroups ? { groups: groups.count() } : {}),
    },
    violations,
    rowNumbers: pass.rowNumbers.finish(),
    suspicions: suspectUnits(columns),
  }
}
