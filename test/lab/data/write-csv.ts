import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'

const SPECIAL = /[",\r\n]/

/** A table as CSV with a header (RFC 4180). */
export function toCsv(
  header: readonly string[],
  rows: Iterable<readonly (string | number)[]>,
): string {
  return [header, ...rows].map((cells) => `${cells.map(cell).join(',')}\n`).join('')
}

/** Gives `use` a file of this text, which is gone afterwards. */
export async function withCsvFile<T>(csv: string, use: (file: string) => Promise<T>): Promise<T> {
  const directory = await mkdtemp(path.join(tmpdir(), 'fednode-lab-'))
  try {
    const file = path.join(directory, 'rows.csv')
    await writeFile(file, csv)
    return await use(file)
  } finally {
    await rm(directory, { recursive: true, force: true })
  }
}

function cell(value: string | number): string {
  const text = String(value)
  return SPECIAL.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
