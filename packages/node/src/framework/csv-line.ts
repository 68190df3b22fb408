/** What makes a spreadsheet take a cell for a formula (OWASP, "CSV Injection"). */
const FORMULA = /^[=+\-@\t\r]/
const QUOTED = /[",\r\n]/

/** One line of CSV (RFC 4180, but it ends as on a terminal). Texts that a spreadsheet would run begin with an apostrophe (T25). */
export function csvLine(cells: readonly (string | number)[]): string {
  return `${cells.map(cellOf).join(',')}\n`
}

function cellOf(cell: string | number): string {
  if (typeof cell === 'number') return String(cell)
  const plain = FORMULA.test(cell) ? `'${cell}` : cell
  return QUOTED.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain
}
