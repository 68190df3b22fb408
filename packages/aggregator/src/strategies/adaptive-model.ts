import { SLICE_VALUES } from '../slices/slice-values.ts'
import { sumOf } from './blends.ts'
import { factsOf } from './facts-of.ts'
import type { Parts, PlannedModel } from './model-of.ts'
import type { AdaptiveOptimizer, AdaptiveStrategy } from './strategy.ts'
import { termsOf } from './terms-of.ts'

/** State: m and v of the last round. */
const FIRST = 'first-moment'
const SECOND = 'second-moment'

/** Plans an adaptive step along the mean change. m and v are kept as f32; the step is made with what they were before rounding. */
export function adaptiveModel(
  { weightsOf, optimizer }: AdaptiveStrategy,
  { input, workbench, keep }: Parts,
): PlannedModel {
  const counted = weightsOf(factsOf(input))
  const total = sumOf(counted)
  const terms = termsOf(input, [{ updates: counted, base: -total, divisor: total }])
  const blender = workbench.blender(1)
  const [first, second] = [keep?.(FIRST), keep?.(SECOND)]
  const length = Math.min(SLICE_VALUES, input.base.length)
  const vectors = {
    model: new Float32Array(length),
    m: new Float32Array(length),
    v: new Float32Array(length),
  }
  return {
    counted,
    slice: (start, count) => {
      const model = vectors.model.subarray(0, count)
      const m = vectors.m.subarray(0, count)
      const v = vectors.v.subarray(0, count)
      input.base.read(start, model)
      readOr(input.state.get(FIRST), 0, { start, target: m })
      // v_{-1} is tau^2, the least that the paper's Algorithm 2 permits.
      readOr(input.state.get(SECOND), optimizer.adaptivity ** 2, { start, target: v })
      blender.sumSlice(terms, start, count)
      stepAlong(blender.sums(0, count), { total, optimizer, model, m, v })
      first?.write(start, m)
      second?.write(start, v)
      return model
    },
  }
}

function readOr(
  source: Parts['input']['base'] | undefined,
  value: number,
  { start, target }: { readonly start: number; readonly target: Float32Array },
): void {
  if (source === undefined) target.fill(value)
  else source.read(start, target)
}

/** Steps in place. */
function stepAlong(
  changes: Float64Array,
  parts: {
    readonly total: number
    readonly optimizer: AdaptiveOptimizer
    readonly model: Float32Array
    readonly m: Float32Array
    readonly v: Float32Array
  },
): void {
  const { total, model, m, v } = parts
  const { rate, beta1, adaptivity, nextSecond } = parts.optimizer
  for (let k = 0; k < changes.length; k++) {
    const change = (changes[k] as number) / total
    const first = beta1 * (m[k] as number) + (1 - beta1) * change
    const second = nextSecond(v[k] as number, change * change)
    model[k] = (model[k] as number) + (rate * first) / (Math.sqrt(second) + adaptivity)
    m[k] = first
    v[k] = second
  }
}
