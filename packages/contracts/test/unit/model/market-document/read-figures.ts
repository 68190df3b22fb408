import { readFileSync } from 'node:fs'

const DOCUMENT = new URL('../../../../../../docs/MARKET.md', import.meta.url)
const ROW = /^\| ([A-Z]\d+) \| [^|]+ \| ([\d,]+(?:\.\d+)?)(?: ([^|]+?))? \|$/

/** One number of the document, as it is written. */
export type Figure = { readonly value: string; readonly unit: string }

/** The labelled numbers of docs/MARKET.md. */
export function readFigures(): ReadonlyMap<string, Figure> {
  const figures = new Map<string, Figure>()
  for (const line of readFileSync(DOCUMENT, 'utf8').split('\n')) {
    const [, label, value, unit = ''] = ROW.exec(line) ?? []
    if (label === undefined || value === undefined) continue
    if (figures.has(label)) throw new Error(`docs/MARKET.md has ${label} twice`)
    figures.set(label, { value, unit })
  }
  return figures
}
