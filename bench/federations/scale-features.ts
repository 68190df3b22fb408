/** Measures columns in the training rows' deviations from their mean; a column that does not vary becomes 0. */
export function scaleFeatures(
  training: readonly (readonly number[])[],
): (features: readonly number[]) => number[] {
  const width = training[0]?.length ?? 0
  const moments = Array.from({ length: width }, (_, column) =>
    momentsOf(training.map((row) => row[column] ?? 0)),
  )
  return (features) =>
    features.map((value, column) => {
      const { mean = 0, deviation = 0 } = moments[column] ?? {}
      return deviation === 0 ? 0 : (value - mean) / deviation
    })
}

function momentsOf(values: readonly number[]): { mean: number; deviation: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0)
  return { mean, deviation: Math.sqrt(squares / values.length) }
}
