/** One planted mistake. */
export type Mutant = {
  /** Below solidity/. */
  readonly file: string
  readonly line: number
  /** Function or modifier in which it is; empty when it was planted by hand. */
  readonly place: string
  /** Which rule made it. */
  readonly kind: string
  /** What stands there, and what stands there instead. */
  readonly from: string
  readonly to: string
  /** The whole text of the file with the mistake in it. */
  readonly text: string
}

/** One line that says what was changed; it names the mutant in the list of equivalent ones. */
export function describeMutant({ file, place, kind, from, to }: Mutant): string {
  const where = [file, place, kind].filter(Boolean).join(': ')
  return `${where}: ${oneLine(from)} -> ${oneLine(to) || 'nothing'}`
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}
