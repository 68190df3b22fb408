import { changeNorm } from './change-norm.ts'

/** Rounding to f32 after scaling must not lift the norm above the limit again. */
const BELOW_LIMIT = 0.9999

/** `values`, or base + a shorter change of the same direction when the change is longer than `largestNorm`. */
export function capChange(
  values: Float32Array,
  { base, largestNorm }: { readonly base: Float32Array; readonly largestNorm: number },
): Float32Array {
  const norm = changeNorm(values, base)
  if (norm <= BELOW_LIMIT * largestNorm) return values
  const scale = (BELOW_LIMIT * largestNorm) / norm
  return base.map((value, i) => value + scale * ((values[i] as number) - value))
}
