/** L2 norm of `values` - `base`, summed in f64. */
export function changeNorm(values: Float32Array, base: Float32Array): number {
  let sum = 0
  for (let i = 0; i < values.length; i++) {
    const change = (values[i] as number) - (base[i] as number)
    sum += change * change
  }
  return Math.sqrt(sum)
}
