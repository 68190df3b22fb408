import type { DataSpec, UserError } from '@fednode/protocol'
import { createRandom, shuffle } from '../random.ts'
import { csvLine } from './csv-line.ts'
import { dataError, quoted } from './data-error.ts'
import { inspectDataFile } from './data-file.ts'
import { findColumns } from './find-columns.ts'
import { MISSING_TEXTS } from './missing-texts.ts'
import { parseTime } from './parse-time.ts'
import { openTable } from './table-reader.ts'

/** One table as a federation: the rows of each silo, and those that nobody trains on. CSV with a header, rows in the file's order. */
export type TableSplit = {
  readonly silos: readonly SiloRows[]
  readonly heldOut: string
  /** Values of the silo column with too few rows, or beyond the largest that may take part. */
  readonly leftOut: readonly { readonly value: string; readonly rows: number }[]
}

/** Rows of one value of the silo column. */
export type SiloRows = { readonly value: string; readonly rows: number; readonly csv: string }

/** How a table is split. */
export type SplitRules = {
  /** Part of every silo's rows that is held out. */
  readonly share: number
  readonly seed: number
  /** Rows that a silo needs besides. */
  readonly minimumRows: number
  /** The largest so many take part. */
  readonly maxSilos: number
  /** Of all rows together, which are held in memory while they are split. */
  readonly maxCharacters: number
}

type TableSpec = Exclude<DataSpec, { readonly kind: 'array' }>
type Row = { readonly line: string; readonly group: string; readonly time: number }
type Part = {
  readonly value: string
  readonly kept: readonly Row[]
  readonly heldOut: readonly Row[]
}

/**
 * Splits a table by its silo column; the file holds only the columns that the schema names, without the silo column. The same file, rules
 * and schema give the same bytes. Held out are: of a series the last readings of each group, of other tables whole groups, or rows where
 * there are no groups, drawn by the seed.
 * @throws {UserError} DATA_MISSING_COLUMN, DATA_NO_ROWS, DATA_TOO_LARGE, and as loadDataset of what is no table.
 */
export async function splitTable(
  source: string,
  data: TableSpec & { readonly silo: string },
  rules: SplitRules,
): Promise<TableSplit> {
  const names = columnsOf(data)
  const rows = await readRows(source, data, { names, maxCharacters: rules.maxCharacters })
  const random = createRandom(rules.seed)
  const parts = [...rows]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([value, all]): Part => {
      const held = new Set(
        data.kind === 'series' ? lastReadings(all, rules.share) : drawn(all, rules.share, random),
      )
      return {
        value,
        kept: all.filter((row) => !held.has(row)),
        heldOut: all.filter((row) => held.has(row)),
      }
    })
  const large = parts
    .filter(({ kept }) => kept.length >= rules.minimumRows)
    .sort((a, b) => b.kept.length - a.kept.length)
    .slice(0, rules.maxSilos)
  const chosen = parts.filter((part) => large.includes(part))
  return {
    silos: chosen.map(({ value, kept }) => ({ value, rows: kept.length, csv: csvOf(names, kept) })),
    heldOut: csvOf(
      names,
      chosen.flatMap(({ heldOut }) => heldOut),
    ),
    leftOut: parts
      .filter((part) => !large.includes(part))
      .map(({ value, kept, heldOut }) => ({ value, rows: kept.length + heldOut.length })),
  }
}

function columnsOf(data: TableSpec): readonly string[] {
  const label = data.label === undefined ? [] : labelColumns(data.label)
  if (data.kind === 'text') return [data.column, ...label]
  const features = data.columns.map(({ name }) => name)
  const time = data.kind === 'series' ? [data.time] : []
  return [...new Set([...features, ...label, ...(data.group ?? []), ...time])]
}

function labelColumns(label: NonNullable<TableSpec['label']>): readonly string[] {
  return 'time' in label ? [label.time, label.event] : [label.column]
}

/** A reading without a label is still part of a series. */
function requiredLabels(data: TableSpec): readonly string[] {
  return data.kind === 'series' || data.label === undefined ? [] : labelColumns(data.label)
}

/** Rows by the value of the silo column; those without one are nobody's, those without a label teach nothing. */
async function readRows(
  source: string,
  data: TableSpec & { readonly silo: string },
  { names, maxCharacters }: { readonly names: readonly string[]; readonly maxCharacters: number },
): Promise<ReadonlyMap<string, readonly Row[]>> {
  const file = await inspectDataFile(source)
  if (file.shape !== 'table') throw dataError('DATA_FORMAT_UNKNOWN', `${file.name} is not a table`)
  const table = await openTable(file)
  try {
    const [siloIndex = 0, ...indexes] = findColumns([data.silo, ...names], {
      header: table.columns,
      file: file.name,
    })
    const groupColumns = data.kind === 'text' ? [] : (data.group ?? [])
    const places = groupColumns.map((name) => names.indexOf(name))
    const labelPlaces = requiredLabels(data).map((name) => names.indexOf(name))
    const timePlace = data.kind === 'series' ? names.indexOf(data.time) : -1
    const parts = new Map<string, Row[]>()
    let characters = 0
    for await (const chunk of table.chunks()) {
      const silos = chunk.column(siloIndex)
      const cells = indexes.map((index) => chunk.column(index))
      silos.forEach((value, i) => {
        const row = cells.map((column) => column[i] ?? '')
        const isLabelled = labelPlaces.every((place) => !MISSING_TEXTS.has(row[place] ?? ''))
        if (MISSING_TEXTS.has(value) || !isLabelled) return
        const group = JSON.stringify(places.map((place) => row[place]))
        const time = parseTime(row[timePlace] ?? '') ?? 0
        const rows = parts.get(value) ?? []
        if (rows.length === 0) parts.set(value, rows)
        const line = csvLine(row)
        characters += line.length
        rows.push({ line, group: places.length === 0 ? '' : group, time })
      })
      if (characters > maxCharacters) throw tooLarge(file.name, maxCharacters)
    }
    if (parts.size === 0)
      throw dataError('DATA_NO_ROWS', `${file.name}: no row has a value in ${quoted(data.silo)}`)
    return parts
  } finally {
    await table.close()
  }
}

function tooLarge(name: string, maxCharacters: number): UserError {
  return dataError(
    'DATA_TOO_LARGE',
    `${name}: more than ${maxCharacters} characters cannot be split in memory`,
    { hint: 'Give every silo its own file, which may be larger than memory:  --data NAME=FILE.' },
  )
}

/** Whole groups, or rows where there are none, until the share is reached. */
function drawn(
  rows: readonly Row[],
  share: number,
  random: ReturnType<typeof createRandom>,
): readonly Row[] {
  const units = rows.some(({ group }) => group !== '')
    ? [...groupsOf(rows).values()]
    : rows.map((row) => [row])
  const order = shuffle(Uint32Array.from(units.keys()), random)
  const held: Row[] = []
  for (const unit of order) {
    if (held.length >= share * rows.length) break
    held.push(...(units[unit] ?? []))
  }
  return held
}

function lastReadings(rows: readonly Row[], share: number): readonly Row[] {
  return [...groupsOf(rows).values()].flatMap((group) =>
    [...group].sort((a, b) => a.time - b.time).slice(Math.ceil((1 - share) * group.length)),
  )
}

function groupsOf(rows: readonly Row[]): ReadonlyMap<string, readonly Row[]> {
  const groups = new Map<string, Row[]>()
  for (const row of rows) {
    const group = groups.get(row.group) ?? []
    if (group.length === 0) groups.set(row.group, group)
    group.push(row)
  }
  return groups
}

function csvOf(names: readonly string[], rows: readonly Row[]): string {
  return `${[csvLine(names), ...rows.map(({ line }) => line)].join('\n')}\n`
}
