import type { ColumnSpec, SeriesData, ValueLabel } from '@fednode/protocol'
import { labelPlace, numberParser } from './cell-parser.ts'
import { type ColumnReader, createColumnReader } from './column-reader.ts'
import { createColumnTally } from './column-tally.ts'
import { dataError, quoted } from './data-error.ts'
import type { DataFile } from './data-file.ts'
import type { DataReading } from './data-reading.ts'
import type { Fault } from './fault.ts'
import { findColumns } from './find-columns.ts'
import { createGroupIds, type GroupIds } from './group-ids.ts'
import { summariseValues } from './label-reader.ts'
import { createNumberList } from './number-list.ts'
import { parseTime } from './parse-time.ts'
import type { RowKeeper } from './row-buffer.ts'
import { seriesWindows } from './series-windows.ts'
import { suspectUnits } from './suspect-units.ts'
import { openTable, type TableChunk } from './table-reader.ts'
import { createViolations, type Violations } from './violations.ts'
import { windowRows } from './window-rows.ts'

/** All readings of a file, as far as they were read; NaN is a missing one. */
type Pass = {
  readonly file: DataFile
  readonly data: SeriesData
  readonly columns: readonly {
    readonly spec: ColumnSpec
    readonly reader: ColumnReader
    readonly values: number[]
  }[]
  readonly parseLabel: (text: string, row: number) => number
  readonly labels: number[]
  readonly times: number[]
  readonly series: number[]
  readonly groups: GroupIds
  readonly lateTime: Fault
  /** Where the columns, the label, the time and the groups stand in the file. */
  readonly indexes: readonly number[]
  readonly violations: Violations
  rows: number
}

/**
 * Reads measurements over time and cuts them into windows; see seriesWindows. Readings may stand in any order. Groups of the rows are
 * those of the manifest's group columns.
 * @throws {UserError} as loadTable.
 */
export async function loadSeries<Kept extends object>(
  file: DataFile,
  data: SeriesData,
  keeper: RowKeeper<Kept>,
): Promise<DataReading<Kept>> {
  const table = await openTable(file)
  try {
    const pass = startPass(file, data, table.columns)
    for await (const chunk of table.chunks()) readChunk(pass, chunk)
    if (pass.rows === 0) throw dataError('DATA_NO_ROWS', `${file.name} has a header but no rows`)
    return cutWindows(pass, keeper)
  } finally {
    await table.close()
  }
}

function startPass(file: DataFile, data: SeriesData, header: readonly string[]): Pass {
  const violations = createViolations()
  const { columns, label, time, group = [] } = data
  const names = [...columns.map(({ name }) => name), label.column, time, ...group]
  return {
    file,
    data,
    columns: columns.map((spec) => ({
      spec,
      reader: createColumnReader(spec, violations),
      values: [],
    })),
    parseLabel: labelParser(label, { columns, violations }),
    labels: [],
    times: [],
    series: [],
    groups: createGroupIds(),
    lateTime: timeFault(time),
    indexes: findColumns(names, { header, file: file.name }),
    violations,
    rows: 0,
  }
}

/** A reading without a label is no target; it is missing where the column of the same name says so, or where the cell is empty. */
function labelParser(
  label: ValueLabel,
  { columns, violations }: Pick<SeriesData, 'columns'> & { readonly violations: Violations },
): Pass['parseLabel'] {
  const { column } = label
  const own = columns.find(({ name }) => name === column)
  const missing = own?.missing ?? ['']
  const parse = numberParser(
    { ...label, name: column, type: 'number', missing },
    labelPlace(column),
  )
  return (text, row) => {
    const cell = parse(text)
    if (cell.kind === 'value') return cell.value
    // A column that is a feature too has its bad cells counted once.
    if (cell.kind === 'bad' && own === undefined) violations.add(cell.fault, row, text)
    return Number.NaN
  }
}

function timeFault(column: string): Fault {
  return {
    code: 'DATA_BAD_VALUE',
    where: `column ${quoted(column)}`,
    column,
    rule: 'not-a-time',
    rough: 'not a time',
    problem: (text) => `${quoted(text)} is not a time`,
    hint: () => 'Write times as 2026-01-31T23:45:00 or as seconds.',
  }
}

function readChunk(pass: Pass, chunk: TableChunk): void {
  const { columns, indexes, times, labels, series, groups, violations } = pass
  const cells = indexes.map((index) => chunk.column(index))
  const [labelCells = [], timeCells = [], ...groupCells] = cells.slice(columns.length)
  for (let i = 0; i < chunk.rows; i++) {
    pass.rows++
    columns.forEach(({ reader, values }, c) => {
      const cell = reader.read(cells[c]?.[i] ?? '', pass.rows)
      values.push(cell.kind === 'value' ? cell.value : Number.NaN)
    })
    labels.push(pass.parseLabel(labelCells[i] ?? '', pass.rows))
    const timeText = timeCells[i] ?? ''
    const time = parseTime(timeText)
    if (time === undefined) violations.add(pass.lateTime, pass.rows, timeText)
    times.push(time ?? Number.NaN)
    series.push(groups.idOf(groupCells.map((column) => column[i] ?? '')))
  }
}

function cutWindows<Kept extends object>(pass: Pass, keeper: RowKeeper<Kept>): DataReading<Kept> {
  const { file, data, columns, times, series, labels, groups, violations, rows } = pass
  const { past, horizon, label, group } = data
  const form = windowRows(pass, data)
  const buffer = keeper.floats(past * columns.length, file.name)
  const tally = createColumnTally({ name: label.column, type: 'number', ...unitOf(label) })
  const values = createNumberList((length) => new Float32Array(length))
  const groupOf = createNumberList((length) => new Int32Array(length))
  const rowNumbers = createNumberList((length) => new Uint32Array(length))
  const changesFrom = createNumberList((length) => new Float64Array(length))
  const readings = {
    times,
    series,
    isInput: (reading: number) => columns.every((column) => !Number.isNaN(column.values[reading])),
    isTarget: (reading: number) => !Number.isNaN(labels[reading]),
  }
  for (const window of seriesWindows(readings, data)) {
    form.write(window, buffer.next())
    buffer.keep()
    tally.addValue(labels[window.target] as number)
    values.add(form.target(window))
    if (form.changesFrom !== undefined) changesFrom.add(form.changesFrom(window))
    groupOf.add(series[window.target] as number)
    rowNumbers.add(window.target + 1)
  }
  const { kept, count } = buffer.finish()
  const possible = Math.max(0, rows - groups.count() * (past + horizon - 1))
  return {
    dataset: {
      count,
      featureShape: [past, columns.length],
      ...kept,
      featureScale: 1,
      targets: { kind: 'value', values: values.finish(), scale: form.scale },
      ...(group === undefined ? {} : { groups: groupOf.finish() }),
    },
    report: {
      file: file.name,
      rows,
      used: count,
      dropped: Math.max(0, possible - count),
      columns: columns.map(({ reader }) => reader.report()),
      ...summariseValues(tally.report()),
      ...(group === undefined ? {} : { groups: groups.count() }),
    },
    violations,
    rowNumbers: rowNumbers.finish(),
    ...(form.changesFrom && { changesFrom: changesFrom.finish() }),
    suspicions: suspectUnits(columns),
  }
}

function unitOf({ unit }: ValueLabel): { readonly unit?: string } {
  return unit === undefined ? {} : { unit }
}
