/** Whether no value is NaN or infinite: 0 times such a value is NaN, and a sum keeps it. */
export function allFinite(values: Float32Array): boolean {
  let sum = 0
  for (let i = 0; i < values.length; i++) sum += 0 * (values[i] as number)
  return sum === 0
}
