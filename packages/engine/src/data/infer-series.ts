import { checkNumbers, constantLabel } from './infer-label.ts'
import { inferStep } from './infer-step.ts'
import type { InferredData, RowOwners, TableWish } from './inferred-data.ts'
import { missingWish } from './missing-wish.ts'
import { type ObservedTable, observerOf } from './observe-table.ts'

const DEFAULT_PAST = 12

/**
 * Guesses what a forecast is made from: the past of the label itself, and the step between two readings.
 * @throws {UserError} DATA_MISSING_COLUMN, DATA_BAD_LABEL, and as inferStep.
 */
export async function inferSeries(
  seen: ObservedTable,
  { label, time, past = DEFAULT_PAST, horizon = 1 }: TableWish,
  shared: RowOwners,
): Promise<InferredData> {
  if (label === undefined || time === undefined)
    throw missingWish('a forecast needs what is measured and when', '--label COL --time COL')
  const { file, names } = seen
  const observer = observerOf(seen, label)
  const rules = checkNumbers(observer, { file: file.name, label })
  const column = observer.column(label)
  if (column === undefined) throw constantLabel(observer, { file: file.name, label })
  const { group = [], silo } = shared
  const roles = [label, time, silo, ...group]
  const stepSeconds = await inferStep(file, {
    time,
    group: silo === undefined ? group : [...new Set([silo, ...group])],
  })
  return {
    data: {
      kind: 'series',
      columns: [column],
      label: { column: label, ...rules },
      time,
      ...shared,
      stepSeconds,
      past,
      horizon,
    },
    leftOut: names
      .filter((name) => !roles.includes(name))
      .map((name) => ({
        column: name,
        reason: 'a forecast is made from its own past; add it under columns if it helps',
      })),
    codes: [],
    unlabelled: 0,
  }
}
