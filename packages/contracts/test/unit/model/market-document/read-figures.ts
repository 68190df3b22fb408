import { readFileSync } from 'node:fs'

const DOCUMENTS = new URL('../../../../../../docs/', import.meta.url)
const ROW = /^\| ([A-Z]\d+) \| [^|]+ \| ([\d,]+(?:\.\d+)?)(?: ([^|]+?))? \|$/

/** One number of the document, as it is written. */
export type Figure = { readonly value: string; readonly unit: string }

/** The labelled numbers of a document of docs/. */
export function readFigures(document: string): ReadonlyMap<string, Figure> {
  const figures = new Map<string, Figure>()
  for (const line of readFileSync(new URL(document, DOCUMENTS), 'utf8').split('\n')) {
    const [, label, value, unit = ''] = ROW.exec(line) ?? []
    if (label === undefined || value === undefined) continue
    if (figures.has(label)) throw new Error(`docs/${document} has ${label} twice`)
    figures.set(label, { value, unit })
  }
  return figures
}
