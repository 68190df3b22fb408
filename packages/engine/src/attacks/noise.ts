import { normal } from '../normal.ts'
import { createRandom } from '../random.ts'

/** `values` plus independent normal noise whose expected squared norm is `norm` squared. */
export function noise(
  values: Float32Array,
  { norm, seed }: { readonly norm: number; readonly seed: number },
): Float32Array {
  const random = createRandom(seed)
  const deviation = norm / Math.sqrt(values.length)
  return values.map((value) => value + deviation * normal(random))
}
