import type { Features } from '../types.ts'

/** Mean squared error of every row between its scaled features and what a model gave for them, [count]. */
export function reconstructionErrors(
  outputs: Float32Array,
  { features, featureScale, count }: Features,
): Float64Array {
  const width = features.length / count
  return Float64Array.from({ length: count }, (_, row) => {
    let sum = 0
    for (let i = row * width; i < (row + 1) * width; i++)
      sum += ((outputs[i] as number) - (features[i] as number) * featureScale) ** 2
    return sum / width
  })
}
