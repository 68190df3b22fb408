const SPECIAL = /[",;\t|\r\n]/

/** Cells as one line of a CSV file, without a line end (RFC 4180). */
export function csvLine(cells: readonly string[]): string {
  return cells
    .map((cell) => (SPECIAL.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell))
    .join(',')
}
