const GAP = '  '

/**
 * A table of fixed-width columns: numbers flush right, `textColumns` flush left.
 * @param rows - as many cells each as there are headings.
 */
export function textTable(
  headings: readonly string[],
  rows: readonly (readonly string[])[],
  options: { readonly textColumns?: readonly number[] } = {},
): string {
  const { textColumns = [] } = options
  const widths = headings.map((heading, column) =>
    Math.max(heading.length, ...rows.map((row) => row[column]?.length ?? 0)),
  )
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, column) =>
        textColumns.includes(column)
          ? cell.padEnd(widths[column] ?? 0)
          : cell.padStart(widths[column] ?? 0),
      )
      .join(GAP)
      .trimEnd()
  return [headings, ...rows].map(line).join('\n')
}
