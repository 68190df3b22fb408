/** One planted mistake. */
export type Mutant = {
  /** Below solidity/. */
  readonly file: string
  readonly line: number
  /** Which rule made it. */
  readonly kind: string
  /** What stands there, and what stands there instead. */
  readonly from: string
  readonly to: string
  /** The whole text of the file with the mistake in it. */
  readonly text: string
}

/** One line that says what was changed; it names the mutant in the list of equivalent ones. */
export function describeMutant({ file, kind, from, to }: Mutant): string {
  return `${file}: ${kind}: ${oneLine(from)} -> ${oneLine(to) || 'nothing'}`
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}
