import type { Weights } from '@fednode/protocol'
import type { TensorSource } from './adaptation-plan.ts'
import { checkWeights } from './check-model-input.ts'
import type { PlannedTensor } from './layer-plan.ts'
import type { ModelPlan } from './model-plan.ts'

/** All weights of a model in the order of its layers, from those that move; the same array where all do. */
export function fullWeights(
  { adaptation, parameters, layers }: Pick<ModelPlan, 'adaptation' | 'parameters' | 'layers'>,
  values: Float32Array,
): Float32Array {
  if (adaptation === undefined) return values
  const full = adaptation.base.slice()
  const moved = parameters.map(({ offset, size }) => values.subarray(offset, offset + size))
  const tensors = layers.flatMap((layer) => layer.tensors)
  tensors.forEach((tensor, i) => {
    const target = full.subarray(tensor.offset, tensor.offset + tensor.size)
    writeTensor(target, { tensor, source: adaptation.sources[i] as TensorSource, moved })
  })
  return full
}

/** As fullWeights, with names and shapes. @throws {EngineError} SHAPE_MISMATCH. */
export function wholeModel(plan: ModelPlan, weights: Weights): Weights {
  checkWeights(plan, weights)
  return {
    specs: plan.layers.flatMap(({ name, tensors }) =>
      tensors.map((tensor) => ({ name: `${name}/${tensor.name}`, shape: tensor.shape })),
    ),
    values: fullWeights(plan, weights.values),
  }
}

function writeTensor(
  target: Float32Array,
  of: {
    readonly tensor: PlannedTensor
    readonly source: TensorSource
    readonly moved: readonly Float32Array[]
  },
): void {
  const { tensor, source, moved } = of
  if (source.kind === 'trained') target.set(moved[source.place] as Float32Array)
  if (source.kind !== 'adapted') return
  const [inputs, units] = tensor.shape as readonly [number, number]
  const a = moved[source.a] as Float32Array
  const b = moved[source.b] as Float32Array
  const rank = a.length / inputs
  const change = new Float64Array(units)
  for (let input = 0; input < inputs; input++) {
    change.fill(0)
    for (let r = 0; r < rank; r++)
      addScaled(change, b.subarray(r * units, (r + 1) * units), a[input * rank + r] as number)
    for (let unit = 0; unit < units; unit++) {
      const at = input * units + unit
      target[at] = (target[at] as number) + source.scale * (change[unit] as number)
    }
  }
}

function addScaled(sums: Float64Array, values: Float32Array, factor: number): void {
  for (let i = 0; i < sums.length; i++)
    sums[i] = (sums[i] as number) + factor * (values[i] as number)
}
