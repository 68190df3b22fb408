import type { LayerPlan, PlanOf } from './layer-plan.ts'
import { isPlainActivation, type PlainActivation } from './plain-activation.ts'
import { planSpatial, type SpatialPlan } from './spatial-plan.ts'

/** One Dense layer and where its weights lie in `Weights.values`. */
export type DensePlan = {
  readonly inputs: number
  readonly units: number
  /** A last layer's softmax is part of the loss and shows as 'linear' here. */
  readonly activation: PlainActivation
  readonly useBias: boolean
  readonly kernelOffset: number
  readonly biasOffset: number
}

/** Convolutions and poolings if any, then Dense layers: the models that have code of their own. */
export type StackPlan = {
  readonly spatial: readonly SpatialPlan[]
  readonly dense: readonly [DensePlan, ...DensePlan[]]
}

/** Plan of a stack; undefined where a layer, an activation or the order is none of a stack. */
export function planStack(layers: readonly LayerPlan[]): StackPlan | undefined {
  const values = layers.filter(({ spec }) => spec.className !== 'Flatten')
  const firstDense = values.findIndex(({ spec }) => spec.className === 'Dense')
  if (firstDense < 0) return undefined
  const spatial = values.slice(0, firstDense).map(planSpatial)
  const dense = values.slice(firstDense).map(planDense)
  const [first, ...rest] = dense
  if (first === undefined || !isComplete(rest) || !isComplete(spatial)) return undefined
  return { spatial, dense: [first, ...rest] }
}

function planDense({ spec, ...layer }: LayerPlan): DensePlan | undefined {
  return spec.className === 'Dense' ? planDenseLayer({ ...layer, spec }) : undefined
}

function planDenseLayer({ spec, input, tensors }: PlanOf<'Dense'>): DensePlan | undefined {
  const { units, activation = 'linear', useBias = true } = spec.config
  const own = activation === 'softmax' ? 'linear' : activation
  const [kernel] = tensors
  const [inputs] = input
  if (kernel === undefined || inputs === undefined || !isPlainActivation(own)) return undefined
  const { offset, size } = kernel
  return {
    inputs,
    units,
    activation: own,
    useBias,
    kernelOffset: offset,
    biasOffset: offset + size,
  }
}

function isComplete<T>(plans: readonly (T | undefined)[]): plans is readonly T[] {
  return plans.every((plan) => plan !== undefined)
}
