import { dataError, quoted } from './data-error.ts'
import type { DataFile } from './data-file.ts'
import { findColumns } from './find-columns.ts'
import { createGroupIds } from './group-ids.ts'
import { parseTime } from './parse-time.ts'
import { openTable } from './table-reader.ts'

/**
 * The most frequent time from one reading to the next of the same group, in whole seconds.
 * @throws {UserError} DATA_BAD_VALUE when a time is none, or no two readings follow each other.
 */
export async function inferStep(
  file: DataFile,
  { time, group }: { readonly time: string; readonly group: readonly string[] },
): Promise<number> {
  const counts = new Map<number, number>()
  for (const times of await readTimes(file, { time, group })) {
    times.sort((a, b) => a - b)
    times.forEach((at, i) => {
      const step = Math.round(at - (times[i - 1] ?? at))
      if (step > 0) counts.set(step, (counts.get(step) ?? 0) + 1)
    })
  }
  const [most] = [...counts].sort(([a, n], [b, m]) => m - n || a - b)
  if (most !== undefined) return most[0]
  throw dataError(
    'DATA_BAD_VALUE',
    `${file.name}: column ${quoted(time)} has no two times in a row`,
    {
      hint: 'A forecast needs readings over time; name the series they belong to with --group.',
    },
  )
}

async function readTimes(
  file: DataFile,
  { time, group }: { readonly time: string; readonly group: readonly string[] },
): Promise<readonly number[][]> {
  const table = await openTable(file)
  try {
    const [timeIndex = 0, ...groupIndexes] = findColumns([time, ...group], {
      header: table.columns,
      file: file.name,
    })
    const ids = createGroupIds()
    const times: number[][] = []
    for await (const chunk of table.chunks()) {
      const texts = chunk.column(timeIndex)
      const groups = groupIndexes.map((index) => chunk.column(index))
      texts.forEach((text, i) => {
        const at = parseTime(text)
        if (at === undefined)
          throw dataError(
            'DATA_BAD_VALUE',
            `${file.name}: column ${quoted(time)}: ${quoted(text)} is not a time`,
            {
              hint: 'Write times as 2026-01-31T23:45:00 or as seconds.',
            },
          )
        const id = ids.idOf(groups.map((column) => column[i] ?? ''))
        times[id] ??= []
        times[id].push(at)
      })
    }
    return times
  } finally {
    await table.close()
  }
}
