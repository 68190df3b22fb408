/** Mean squared error of each of `count` rows: what the engine predicts of an autoencoder, whose own output is the row. */
export function reconstructionError(
  outputs: ArrayLike<number>,
  features: ArrayLike<number>,
  count: number,
): number[] {
  const width = features.length / count
  return Array.from({ length: count }, (_, row) => {
    let sum = 0
    for (let i = row * width; i < (row + 1) * width; i++)
      sum += ((outputs[i] as number) - (features[i] as number)) ** 2
    return sum / width
  })
}
