/** One planted mistake. */
export type Mutant = {
  /** Below solidity/. */
  readonly file: string
  readonly line: number
  /** Function or modifier in which it is; empty when it was planted by hand. */
  readonly place: string
  /** Which rule made it. */
  readonly kind: string
  /** Which of those that are described alike, by their lines: 2 for the second; absent for the first. */
  readonly nth?: number
  /** What stands there, and what stands there instead. */
  readonly from: string
  readonly to: string
  /** The whole text of the file with the mistake in it. */
  readonly text: string
}

/** One line that says what was changed; it names the mutant in the list of equivalent ones. */
export function describeMutant({ file, place, kind, nth, from, to }: Mutant): string {
  const rule = nth === undefined ? kind : `${kind} (${nth})`
  const where = [file, place, rule].filter(Boolean).join(': ')
  return `${where}: ${oneLine(from)} -> ${oneLine(to) || 'nothing'}`
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}
