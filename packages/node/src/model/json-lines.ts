import type { PredictionTable } from './prediction-table.ts'

/** A table of predictions as JSON Lines: one object a row. */
export function* jsonLines({ columns, rows }: PredictionTable): Iterable<string> {
  for (const row of rows()) {
    const object = Object.fromEntries(columns.map(({ name }, i) => [name, row[i]]))
    yield `${JSON.stringify(object)}\n`
  }
}
