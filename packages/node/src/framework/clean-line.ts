/** Control and format characters: escape sequences, bidi overrides, zero-width joiners. */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu

/** Text of several lines as it may be shown on a terminal, whoever wrote it (T23). */
export function cleanText(text: string): string {
  return text.split('\n').map(cleanLine).join('\n')
}

/** One line as it may be shown on a terminal, whoever wrote it (T23). */
export function cleanLine(line: string): string {
  return line.replace(UNPRINTABLE, '\u{fffd}')
}
