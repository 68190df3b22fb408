import {
  type ColumnSpec,
  createMoments,
  type DataSpec,
  type Moments,
  type ValueLabel,
} from '@fednode/protocol'
import { type CellParser, cellParser, labelPlace, numberParser } from './cell-parser.ts'
import { dataError } from './data-error.ts'
import { inspectDataFile } from './data-file.ts'
import { findColumns } from './find-columns.ts'
import { openTable, type TableReader } from './table-reader.ts'

/** Which columns of a table or a series are looked at. */
export type MomentColumns = { readonly columns: readonly string[]; readonly label: boolean }

/** Moments of columns over the cells that have a number, whatever their rows lack besides. */
export type DataMoments = {
  readonly columns: readonly (Moments & { readonly name: string })[]
  readonly label?: Moments
}

/** A column, where it stands and what was counted of it. */
type Counted = {
  readonly name: string
  readonly index: number
  readonly parse: CellParser
  readonly counter: ReturnType<typeof createMoments>
}

/**
 * Count, mean and sum of squared deviations of number columns, in one pass and in f64.
 * @throws {UserError} with a DATA_ code when the file is no table or a column is not there.
 */
export async function columnMoments(
  source: string,
  data: DataSpec,
  asked: MomentColumns,
): Promise<DataMoments> {
  const file = await inspectDataFile(source)
  if (file.shape !== 'table' || (data.kind !== 'table' && data.kind !== 'series')) {
    throw dataError('DATA_FORMAT_UNKNOWN', `${file.name}: only a table has columns`, {
      hint: 'Take  preprocessing  out of the manifest.',
    })
  }
  const specs = data.columns.filter(({ name }) => asked.columns.includes(name))
  const label = asked.label ? [parserOfLabel(data.label as ValueLabel)] : []
  const parsers = [...specs.map(parserOfColumn), ...label]
  const table = await openTable(file)
  try {
    const names = parsers.map(({ name }) => name)
    const indexes = findColumns(names, { header: table.columns, file: file.name })
    const counted = parsers.map((one, i) => ({
      ...one,
      index: indexes[i] as number,
      counter: createMoments(),
    }))
    await countAll(table, counted)
    return momentsOf(counted, specs.length)
  } finally {
    await table.close()
  }
}

function parserOfColumn(spec: ColumnSpec): Pick<Counted, 'name' | 'parse'> {
  return { name: spec.name, parse: cellParser(spec) }
}

function parserOfLabel(label: ValueLabel): Pick<Counted, 'name' | 'parse'> {
  const rules = { ...label, name: label.column, type: 'number' } as const
  return { name: label.column, parse: numberParser(rules, labelPlace(label.column)) }
}

async function countAll(table: TableReader, counted: readonly Counted[]): Promise<void> {
  for await (const chunk of table.chunks()) {
    for (const { index, parse, counter } of counted) {
      for (const text of chunk.column(index)) {
        const cell = parse(text)
        if (cell.kind === 'value') counter.add(cell.value)
      }
    }
  }
}

function momentsOf(counted: readonly Counted[], columns: number): DataMoments {
  const label = counted[columns]
  return {
    columns: counted.slice(0, columns).map(({ name, counter }) => ({ name, ...counter.moments() })),
    ...(label === undefined ? {} : { label: label.counter.moments() }),
  }
}
