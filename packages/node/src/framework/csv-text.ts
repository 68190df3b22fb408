/** What makes a spreadsheet take a cell for a formula (OWASP, "CSV Injection"). */
const FORMULA = /^[=+\-@\t\r]/
const QUOTED = /[",\r\n]/

/** A table as CSV (RFC 4180, but lines end as on a terminal). Cells that a spreadsheet would run begin with an apostrophe (T25). */
export function csvText(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  return [headings, ...rows].map((row) => `${row.map(cellOf).join(',')}\n`).join('')
}

function cellOf(text: string): string {
  const plain = FORMULA.test(text) ? `'${text}` : text
  return QUOTED.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain
}
