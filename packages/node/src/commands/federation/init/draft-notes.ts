import { cleanLine } from '../../../framework/clean-line.ts'
import type { DataDraft } from './draft-from-data.ts'

const MAX_LISTED = 12

/** What the author of a manifest should know of the file that it was made from: comments for its head, and lines for the terminal. */
export type DraftNotes = { readonly comments: string; readonly lines: readonly string[] }

/** Tells which columns were left out or may be codes, and which silos and rows do not take part. */
export function draftNotes(found: DataDraft): DraftNotes {
  const { leftOut, codes } = found
  const comments = [
    ...leftOut.map(({ column, reason }) => `Left out: ${cleanLine(column)}: ${reason}`),
    ...codes.map(codeComment),
    ...wordComment(found),
  ]
  return {
    comments: comments.map((text) => `# ${text}\n`).join(''),
    lines: [
      ...leftOut.map(({ column, reason }) => `left out: column "${column}", ${reason}`),
      ...codeLine(found),
      ...siloLine(found),
      ...labelLine(found),
    ].map(cleanLine),
  }
}

function codeComment({ column, values }: DataDraft['codes'][number]): string {
  const list = values.map((value) => `"${value}"`).join(', ')
  return `Column ${cleanLine(column)} holds only ${values.join(', ')}. Where these are codes, no amounts: write  type: category  and  categories: [${list}]  instead of type, min and max.`
}

/** Other silos may have other words. */
function wordComment({ data }: DataDraft): readonly string[] {
  if (data.kind !== 'table') return []
  const names = data.columns.flatMap(({ name, type }) => (type === 'category' ? [name] : []))
  if (names.length === 0) return []
  return [
    `Categories of ${names.map(cleanLine).join(', ')} are those of this file, any other text is refused. To let the silos agree on them, write  maxCategories: 20  instead of categories (docs/DATA.md).`,
  ]
}

function codeLine({ codes }: DataDraft): readonly string[] {
  if (codes.length === 0) return []
  const names = codes.map(({ column }) => column).join(', ')
  return [
    `note: taken as amounts, but may be codes of categories: ${names}; the head of the manifest says what to write then`,
  ]
}

function siloLine({ smallSilos }: DataDraft): readonly string[] {
  if (smallSilos.length === 0) return []
  const more = smallSilos.length - MAX_LISTED
  const rest = more > 0 ? ` and ${more} more` : ''
  const names = smallSilos.slice(0, MAX_LISTED).join(', ')
  return [`left out: silos ${names}${rest}, too few rows or beyond --max-silos`]
}

function labelLine({ unlabelled }: DataDraft): readonly string[] {
  if (unlabelled === 0) return []
  return [`beware: ${unlabelled} rows have no label; a silo's own file may not have such rows`]
}
