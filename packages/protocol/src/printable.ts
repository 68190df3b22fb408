// Terminal control sequences: CSI, then OSC and other strings up to their end. Character classes do not overlap: linear (T27).
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const CSI = /(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]/g
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const STRING_SEQUENCE = /(?:\x1b[\]PX^_]|[\x90\x98\x9d-\x9f])[^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c)?/g
// Control, format (bidi, zero width), private use, surrogate and unassigned characters, line and paragraph separators.
const INVISIBLE = /[\p{C}\p{Zl}\p{Zp}]/gu
const DEFAULT_LENGTH = 500

/**
 * Peer-supplied text made safe for a terminal, a log or a table cell: one line, no control or escape sequences, no bidi or
 * zero-width characters, bounded length (T23). White space runs become one space.
 * @param maxLength - characters kept; what is cut is marked with "…".
 */
export function printable(text: string, maxLength: number = DEFAULT_LENGTH): string {
  // Bounded before the work: a peer chooses the length.
  const clean = text
    .slice(0, 4 * maxLength)
    .replace(STRING_SEQUENCE, '')
    .replace(CSI, '')
    .replace(/\s+/g, ' ')
    .replace(INVISIBLE, '')
    // What was invisible may have stood between two spaces.
    .replace(/ {2,}/g, ' ')
    .trim()
  const characters = Array.from(clean)
  const isCut = characters.length > maxLength || text.length > 4 * maxLength
  return isCut ? `${characters.slice(0, maxLength - 1).join('')}…` : clean
}
