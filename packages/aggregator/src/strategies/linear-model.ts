import { factsOf } from './facts-of.ts'
import type { Parts, PlannedModel } from './model-of.ts'
import type { LinearStrategy } from './strategy.ts'
import { termsOf } from './terms-of.ts'

/** Plans the sums of a linear strategy: the model and the vectors that are kept, in one pass over the updates. */
export function linearModel(
  strategy: LinearStrategy,
  { input, gram, workbench, keep }: Parts,
): PlannedModel {
  const { model, counted, keep: kept = [] } = strategy.decide(factsOf(input), gram)
  const sinks = keep === undefined ? [] : kept.map(([name]) => keep(name))
  const blends = [model, ...kept.slice(0, sinks.length).map(([, blend]) => blend)]
  const blender = workbench.blender(blends.length)
  const terms = termsOf(input, blends)
  const quotients = (k: number, count: number): Float32Array =>
    blender.quotients(k, blends[k]?.divisor ?? 1, count)
  return {
    counted,
    slice: (start, count) => {
      blender.sumSlice(terms, start, count)
      sinks.forEach((sink, k) => {
        sink.write(start, quotients(k + 1, count))
      })
      return quotients(0, count)
    },
  }
}
