import { printable } from '@fednode/protocol'

/** What Markdown or HTML in it would take for more than text (CommonMark 0.31, section 2.4), and what begins a list or a heading. */
const SPECIAL = /[\\`*_[\]<>#+|~&$]|^[-=]/g

/** Text from a manifest or a peer as one line of Markdown that says just that (T23, T24). */
export function markdownText(text: string): string {
  return printable(text).replaceAll(SPECIAL, '\\$&')
}

/** A table; cells are escaped. */
export function markdownTable(
  headings: readonly string[],
  rows: readonly (readonly string[])[],
): string {
  const lines = [headings, headings.map(() => '---'), ...rows]
  return lines
    .map((cells, index) => (index === 1 ? cells : cells.map(markdownText)))
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n')
}
