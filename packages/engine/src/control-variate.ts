/**
 * A silo's control variate after a round, option II of SCAFFOLD: c_i+ = c_i - c + (x - y_i) / (K eta), the mean of the gradients that it
 * took (Karimireddy et al. 2020, arXiv 1910.06378, Algorithm 1, line 12). f64 per element, one rounding to f32.
 * @param options - vectors of one length: `own` is c_i, `server` is c, `base` is x, `update` is y_i; `steps` is K, `learningRate` eta.
 */
export function nextControlVariate(options: {
  readonly own: Float32Array
  readonly server: Float32Array
  readonly base: Float32Array
  readonly update: Float32Array
  readonly steps: number
  readonly learningRate: number
}): Float32Array {
  const { own, server, base, update, steps, learningRate } = options
  const length = steps * learningRate
  return own.map((value, i) => {
    const moved = (base[i] as number) - (update[i] as number)
    return value - (server[i] as number) + moved / length
  })
}

/** What SCAFFOLD adds to every gradient of a silo: c - c_i. */
export function controlCorrection(server: Float32Array, own: Float32Array): Float32Array {
  return server.map((value, i) => value - (own[i] as number))
}
