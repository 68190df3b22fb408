import {
  type LayerSpec,
  MAX_MODEL_LAYERS,
  MAX_MODEL_WEIGHTS,
  sizeOf,
  type TensorSpec,
} from '@fednode/protocol'
import { EngineError } from '../errors.ts'
import type { ModelSpec } from '../types.ts'

/** Non-linearities between Dense layers. */
export type HiddenActivation = 'linear' | 'relu' | 'tanh' | 'sigmoid'

/** One Dense layer and where its weights lie in `Weights.values`. */
export type DensePlan = {
  readonly name: string
  readonly inputs: number
  readonly units: number
  /** The last layer's softmax is part of the loss and shows as 'linear' here. */
  readonly activation: HiddenActivation
  readonly useBias: boolean
  readonly kernelOffset: number
  readonly biasOffset: number
}

/** A checked model: a stack of Dense layers that ends in one logit per class. */
export type ModelPlan = {
  readonly layers: readonly [DensePlan, ...DensePlan[]]
  readonly inputs: number
  readonly classes: number
  readonly size: number
  readonly specs: readonly TensorSpec[]
}

const MAX_CLASSES = 65_536

/**
 * Checks a topology and lays out its weights as TensorFlow.js names them: dense_1/kernel [inputs, units], dense_1/bias [units], ...
 * Costs nothing that grows with the sizes asked for (T20).
 * @throws {EngineError} UNSUPPORTED_MODEL.
 */
export function planModel(model: ModelSpec): ModelPlan {
  const { topology, featureShape, classes } = model
  if (topology.className !== 'Sequential') throw unsupported('only Sequential models are built')
  if (topology.layers.length > MAX_MODEL_LAYERS)
    throw unsupported(`${topology.layers.length} layers, at most ${MAX_MODEL_LAYERS}`)
  checkCount(classes, MAX_CLASSES, 'classes')
  for (const dimension of featureShape)
    checkCount(dimension, MAX_MODEL_WEIGHTS, 'feature dimension')
  const layers = planLayers(topology.layers, featureShape)
  const [first] = layers
  const last = layers.at(-1)
  if (first === undefined || last === undefined) throw unsupported('there is no Dense layer')
  checkHead(topology.layers, last.units, classes)
  const size = layers.reduce((sum, layer) => sum + weightsOf(layer), 0)
  const specs = layers.flatMap(specsOf)
  return { layers: [first, ...layers.slice(1)], inputs: first.inputs, classes, size, specs }
}

function planLayers(specs: readonly LayerSpec[], featureShape: readonly number[]): DensePlan[] {
  const layers: DensePlan[] = []
  let isFlat = featureShape.length === 1
  let width = sizeOf(featureShape)
  let offset = 0
  for (const spec of specs) {
    if (spec.className === 'Flatten') {
      isFlat = true
      continue
    }
    if (!isFlat) throw unsupported('a Dense layer needs flat features: put Flatten first')
    const layer = planDense(spec, { inputs: width, offset, index: layers.length + 1 })
    layers.push(layer)
    width = layer.units
    offset += weightsOf(layer)
    if (offset > MAX_MODEL_WEIGHTS)
      throw unsupported(
        `more than ${MAX_MODEL_WEIGHTS} weights in the first ${layers.length} layers`,
      )
  }
  return layers
}

function planDense(
  spec: LayerSpec,
  at: { readonly inputs: number; readonly offset: number; readonly index: number },
): DensePlan {
  if (spec.className !== 'Dense')
    throw unsupported('only Dense and Flatten layers are on the allow-list')
  const { units, activation = 'linear', useBias = true } = spec.config
  checkCount(units, MAX_MODEL_WEIGHTS, 'units')
  return {
    name: `dense_${at.index}`,
    inputs: at.inputs,
    units,
    activation: activation === 'softmax' ? 'linear' : checkActivation(activation),
    useBias,
    kernelOffset: at.offset,
    biasOffset: at.offset + at.inputs * units,
  }
}

function checkHead(specs: readonly LayerSpec[], units: number, classes: number): void {
  const dense = specs.filter((spec) => spec.className === 'Dense')
  const softmaxAt = dense.findIndex((spec) => spec.config.activation === 'softmax')
  if (softmaxAt !== dense.length - 1)
    throw unsupported('softmax belongs on the last Dense layer, and only there')
  if (units !== classes)
    throw unsupported(`the last layer has ${units} units for ${classes} classes`)
}

function checkActivation(activation: string): HiddenActivation {
  if (
    activation === 'linear' ||
    activation === 'relu' ||
    activation === 'tanh' ||
    activation === 'sigmoid'
  )
    return activation
  throw unsupported('the activation is not on the allow-list')
}

function checkCount(value: number, max: number, what: string): void {
  if (!Number.isSafeInteger(value) || value < 1 || value > max)
    throw unsupported(`${what} is ${value}, not an integer from 1 to ${max}`)
}

function weightsOf(layer: DensePlan): number {
  return layer.inputs * layer.units + (layer.useBias ? layer.units : 0)
}

function specsOf(layer: DensePlan): TensorSpec[] {
  const kernel = { name: `${layer.name}/kernel`, shape: [layer.inputs, layer.units] }
  return layer.useBias ? [kernel, { name: `${layer.name}/bias`, shape: [layer.units] }] : [kernel]
}

function unsupported(reason: string): EngineError {
  return new EngineError(`Model refused: ${reason}`, { code: 'UNSUPPORTED_MODEL', reason })
}
