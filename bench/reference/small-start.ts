import { createRandom } from '../../packages/engine/src/index.ts'
import type { Weights } from '../../packages/protocol/src/index.ts'

/**
 * How the published runs' linear layer begins, kernel and bias: U(-l, l) with l = 1 / sqrt(inputs), the default of PyTorch's Linear. Of two
 * softmax outputs the one begins with half of it and the other with minus half, which is the same function as one sigmoid.
 * @param weights - of one dense layer of one or two units.
 */
export function smallStart(weights: Weights, seed: number): Weights {
  const random = createRandom(seed)
  const [inputs = 1, units = 1] = weights.specs[0]?.shape ?? []
  const limit = 1 / Math.sqrt(inputs)
  const values = new Float32Array(weights.values.length)
  for (let at = 0; at < values.length; at += units) {
    const value = limit * (2 * random.uniform() - 1)
    if (units === 1) values[at] = value
    else values.set([-value / 2, value / 2], at)
  }
  return { ...weights, values }
}
