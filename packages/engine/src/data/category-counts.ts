import type { CategoryCounts, DataSpec } from '@fednode/protocol'
import { cellParser } from './cell-parser.ts'
import { dataError, quoted } from './data-error.ts'
import { inspectDataFile } from './data-file.ts'
import { findColumns } from './find-columns.ts'
import { createGroupIds } from './group-ids.ts'
import { openTable } from './table-reader.ts'

/** Different values of a column that are counted; a column of more is no category. */
const MAX_VALUES = 100_000

/** Counts the values of one column. */
type ValueCounter = {
  /** @param group - the group that the row belongs to; undefined where every row is its own. */
  add(text: string, group: number | undefined): void
  counts(): CategoryCounts
}

/**
 * How many rows have each value of some category columns, in one pass; how many groups, where the schema says what rows belong together: ten
 * rows of one patient are one person. Cells that mean "missing" are no value.
 * @throws {UserError} with a DATA_ code when the file is no table, a column is not there, or has too many values.
 */
export async function categoryCounts(
  source: string,
  data: DataSpec,
  columns: readonly string[],
): Promise<readonly CategoryCounts[]> {
  if (columns.length === 0) return []
  const file = await inspectDataFile(source)
  if (file.shape !== 'table' || data.kind !== 'table') {
    throw dataError('DATA_FORMAT_UNKNOWN', `${file.name}: only a table has categories`, {
      hint: 'Take  maxCategories  out of the manifest.',
    })
  }
  const specs = data.columns.filter(({ name }) => columns.includes(name))
  const group = data.group ?? []
  const table = await openTable(file)
  try {
    const names = [...specs.map(({ name }) => name), ...group]
    const indexes = findColumns(names, { header: table.columns, file: file.name })
    const groupAt = indexes.slice(specs.length)
    const groups = createGroupIds()
    const counters = specs.map((spec) => createCounter(spec, file.name))
    for await (const chunk of table.chunks()) {
      const groupTexts = groupAt.map((index) => chunk.column(index))
      const ids = groupsOf(groupTexts, { rows: chunk.rows, groups })
      for (const [i, counter] of counters.entries()) {
        const texts = chunk.column(indexes[i] as number)
        for (const [row, text] of texts.entries()) counter.add(text, ids?.[row])
      }
    }
    return counters.map((counter) => counter.counts())
  } finally {
    await table.close()
  }
}

function groupsOf(
  texts: readonly (readonly string[])[],
  { rows, groups }: { readonly rows: number; readonly groups: ReturnType<typeof createGroupIds> },
): readonly number[] | undefined {
  if (texts.length === 0) return undefined
  return Array.from({ length: rows }, (_, row) =>
    groups.idOf(texts.map((column) => column[row] ?? '')),
  )
}

function createCounter(spec: Parameters<typeof cellParser>[0], file: string): ValueCounter {
  const parse = cellParser(spec)
  const counts = new Map<string, number>()
  // Pairs of value and group that were counted; empty where there are no groups.
  const counted = new Map<string, Set<number>>()
  const isNew = (text: string, group: number): boolean => {
    const groups = counted.get(text) ?? new Set()
    if (groups.has(group)) return false
    counted.set(text, groups.add(group))
    return true
  }
  return {
    add(text, group) {
      if (parse(text).kind !== 'value') return
      if (group !== undefined && !isNew(text, group)) return
      counts.set(text, (counts.get(text) ?? 0) + 1)
      if (counts.size > MAX_VALUES) throw tooMany(spec.name, file)
    },
    counts: () => ({
      name: spec.name,
      values: [...counts].map(([value, count]) => ({ value, count })),
    }),
  }
}

function tooMany(name: string, file: string) {
  const message = `${file}: column ${quoted(name)} has more than ${MAX_VALUES.toLocaleString('en-US')} different values`
  return dataError('DATA_BAD_VALUE', message, {
    hint: 'Such a column names rows, it is no category: ask for a manifest without it.',
  })
}
