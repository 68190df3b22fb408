import { countValues, sizeOf, type TensorSpec, type Weights } from '@fednode/protocol'
import { EngineError } from '../errors.ts'

/**
 * Some tensors out of weights, each from the first of `sources` that has its name.
 * @throws {EngineError} SHAPE_MISMATCH when none has it, or in another shape.
 */
export function selectTensors(specs: readonly TensorSpec[], sources: readonly Weights[]): Weights {
  const found = new Map<string, { readonly shape: string; readonly values: Float32Array }>()
  for (const source of sources) {
    let begin = 0
    for (const { name, shape } of source.specs) {
      const end = begin + sizeOf(shape)
      const values = source.values.subarray(begin, end)
      if (!found.has(name)) found.set(name, { shape: shape.join(), values })
      begin = end
    }
  }
  const values = new Float32Array(countValues(specs))
  let position = 0
  for (const { name, shape } of specs) {
    const tensor = found.get(name)
    if (tensor === undefined || tensor.shape !== shape.join())
      throw mismatch(`${name} [${shape}]`, tensor?.shape)
    values.set(tensor.values, position)
    position += tensor.values.length
  }
  return { specs, values }
}

function mismatch(expected: string, shape: string | undefined): EngineError {
  const actual = shape === undefined ? 'no such tensor' : `[${shape}]`
  return new EngineError(`weights: ${actual}, expected ${expected}`, {
    code: 'SHAPE_MISMATCH',
    expected,
    actual,
  })
}
