/** Mean and population standard deviation of each coordinate over vectors of one length, at least one; sums in f64. */
export function meanAndDeviation(vectors: readonly Float32Array[]): {
  readonly mean: Float64Array
  readonly deviation: Float64Array
} {
  const length = vectors[0]?.length ?? 0
  const mean = new Float64Array(length)
  const deviation = new Float64Array(length)
  for (let i = 0; i < length; i++) {
    let sum = 0
    for (const vector of vectors) sum += vector[i] as number
    const centre = sum / vectors.length
    let squares = 0
    for (const vector of vectors) squares += ((vector[i] as number) - centre) ** 2
    mean[i] = centre
    deviation[i] = Math.sqrt(squares / vectors.length)
  }
  return { mean, deviation }
}
