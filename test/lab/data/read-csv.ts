import { LabDataError } from './lab-data-error.ts'
import { readSharedData, type SharedDataName } from './shared-data.ts'

/** Splits at a comma that no quotes enclose; quoted cells are not unescaped, since only names of columns are quoted. */
const COMMA = /,(?=(?:[^"]*"[^"]*")*[^"]*$)/

/**
 * Lines of a small comma-separated file, the header included when it has one.
 * @throws {LabDataError} when a line has another number of cells than the first.
 */
export function readCsv(name: SharedDataName, file: string): string[][] {
  const [first = '', ...rest] = readSharedData(name, file).toString('utf8').trim().split('\n')
  const header = first.split(COMMA)
  const rows = rest.map((line, i) => {
    const cells = line.split(',')
    if (cells.length !== header.length)
      throw new LabDataError(file, `line ${i + 2} has ${cells.length} cells, not ${header.length}`)
    return cells
  })
  return [header, ...rows]
}
