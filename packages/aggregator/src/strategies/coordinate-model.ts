import { factsOf } from './facts-of.ts'
import type { Parts, PlannedModel } from './model-of.ts'
import type { CoordinateStrategy } from './strategy.ts'

/** Plans the choice of values coordinate by coordinate. */
export function coordinateModel(
  strategy: CoordinateStrategy,
  { input, gram, workbench }: Parts,
): PlannedModel {
  const { members, selection } = strategy.decide(factsOf(input), gram)
  const sources = members.flatMap((i) => input.updates[i] ?? [])
  const isMember = new Set(members)
  return {
    counted: Float64Array.from(input.updates, (_, i) => (isMember.has(i) ? 1 : 0)),
    slice: (start, count) => workbench.selector().selectSlice(sources, selection, { start, count }),
  }
}
