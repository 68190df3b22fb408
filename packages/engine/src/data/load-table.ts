import { type ColumnSpec, featureShapeOf, sizeOf, type TabularData } from '@fednode/protocol'
import { type ColumnTally, createColumnTally } from './column-tally.ts'
import { dataError, listed, quoted } from './data-error.ts'
import type { DataFile } from './data-file.ts'
import type { LoadedDataset } from './load-dataset.ts'
import { parseCell } from './parse-cell.ts'
import { createRowBuffer, type RowBuffer } from './row-buffer.ts'
import { openTable, type TableChunk } from './table-reader.ts'

/** A column of the schema, where it stands in the file and where its features go. */
type PlacedColumn = {
  readonly spec: ColumnSpec
  readonly index: number
  readonly offset: number
  readonly tally: ColumnTally
}

/** State of one pass over a file. */
type Pass = {
  readonly file: DataFile
  readonly data: TabularData
  readonly columns: readonly PlacedColumn[]
  readonly labelIndex: number
  readonly buffer: RowBuffer
  rows: number
}

/**
 * Reads a table by the manifest's schema: numbers scaled, categories one-hot, labels as class indexes. Rows count from 1, the first
 * after the header.
 * @throws {UserError} with a DATA_ code; the first bad cell ends the reading.
 */
export async function loadTable(file: DataFile, data: TabularData): Promise<LoadedDataset> {
  const table = await openTable(file)
  try {
    const pass = startPass(file, data, table.columns)
    for await (const chunk of table.chunks()) readChunk(pass, chunk)
    return finishPass(pass)
  } finally {
    await table.close()
  }
}

function startPass(file: DataFile, data: TabularData, header: readonly string[]): Pass {
  let offset = 0
  const columns = data.columns.map((spec) => {
    const index = findColumn(file, header, spec.name)
    const placed = { spec, index, offset, tally: createColumnTally(spec) }
    offset += spec.type === 'category' ? (spec.categories?.length ?? 0) : 1
    return placed
  })
  const labelIndex = findColumn(file, header, data.label.column)
  const buffer = createRowBuffer(sizeOf(featureShapeOf(data)), file.name)
  return { file, data, columns, labelIndex, buffer, rows: 0 }
}

function findColumn(file: DataFile, header: readonly string[], name: string): number {
  const index = header.indexOf(name)
  if (index >= 0) return index
  throw dataError('DATA_MISSING_COLUMN', `${file.name}: there is no column ${quoted(name)}`, {
    hint: `The file has: ${listed(header)}. Rename a column, or check that this is the right file.`,
  })
}

function readChunk(pass: Pass, chunk: TableChunk): void {
  const cells = pass.columns.map(({ index }) => chunk.column(index))
  const labels = chunk.column(pass.labelIndex)
  for (let i = 0; i < chunk.rows; i++) {
    pass.rows++
    const label = readLabel(pass, labels[i] ?? '')
    const features = pass.buffer.next()
    const isComplete = pass.columns
      .map((column, c) => readCell(pass, column, { text: cells[c]?.[i] ?? '', features }))
      .every(Boolean)
    if (isComplete) pass.buffer.keep(label)
  }
}

/** Writes a cell's features; false when the cell is missing. */
function readCell(
  { file, data, rows }: Pass,
  { spec, offset, tally }: PlacedColumn,
  { text, features }: { readonly text: string; readonly features: Float32Array },
): boolean {
  const cell = parseCell(spec, text)
  const where = `${file.name}: column ${quoted(spec.name)} row ${rows}`
  if (cell.kind === 'bad')
    throw dataError('DATA_BAD_VALUE', `${where}: ${cell.problem}`, { hint: cell.hint })
  if (cell.kind === 'missing') {
    if (data.missingRows === 'refuse')
      throw dataError('DATA_MISSING_VALUE', `${where}: ${quoted(text)} means a missing value`, {
        hint: 'This federation takes complete rows only: fill the cell or remove the row.',
      })
    tally.addMissing()
    return false
  }
  tally.addValue(cell.value)
  if (spec.type === 'category') features[offset + cell.value] = 1
  else features[offset] = scaled(spec, cell.value)
  return true
}

function scaled({ scale }: ColumnSpec, value: number): number {
  return scale === undefined ? value : (value - scale.mean) / scale.deviation
}

function readLabel({ file, data, rows }: Pass, text: string): number {
  const { column, classes } = data.label
  const label = classes.indexOf(text)
  if (label >= 0) return label
  throw dataError(
    'DATA_BAD_LABEL',
    `${file.name}: label ${quoted(column)} row ${rows}: ${quoted(text)} is not one of: ${listed(classes)}`,
    { hint: 'Write the labels as the manifest names its classes, or remove the row.' },
  )
}

function finishPass({ file, data, columns, buffer, rows }: Pass): LoadedDataset {
  const { features, labels } = buffer.finish()
  if (rows === 0)
    throw dataError('DATA_NO_ROWS', `${file.name} has a header but no rows`, {
      hint: 'Check that this is the right file.',
    })
  if (labels.length === 0)
    throw dataError('DATA_NO_ROWS', `${file.name}: each of its ${rows} rows has a missing value`, {
      hint: 'Check the columns with  fednode data check.',
    })
  const counts = data.label.classes.map((name) => ({ name, count: 0 }))
  for (const label of labels) {
    const entry = counts[label]
    if (entry !== undefined) entry.count++
  }
  return {
    dataset: {
      count: labels.length,
      featureShape: featureShapeOf(data),
      features,
      featureScale: 1,
      labels,
      classes: data.label.classes.length,
    },
    report: {
      file: file.name,
      rows,
      used: labels.length,
      dropped: rows - labels.length,
      columns: columns.map(({ tally }) => tally.report()),
      labels: counts,
    },
  }
}
