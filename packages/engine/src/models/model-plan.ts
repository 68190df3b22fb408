import {
  type LayerSpec,
  MAX_MODEL_LAYERS,
  MAX_MODEL_WEIGHTS,
  sizeOf,
  type TensorSpec,
} from '@fednode/protocol'
import type { ModelSpec } from '../types.ts'
import { checkActivation, checkCount, type HiddenActivation, unsupported } from './check-layer.ts'
import {
  isSpatial,
  planSpatial,
  type SpatialPlan,
  spatialTensors,
  spatialWeights,
} from './spatial-plan.ts'

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

/** A checked model: convolutions and poolings if any, then a stack of Dense layers that ends in one logit per class. */
export type ModelPlan = {
  /** What comes before the first Dense layer; empty for a plain Dense stack. Only evaluated, never trained. */
  readonly spatial: readonly SpatialPlan[]
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
  const denseFrom = topology.layers.findIndex((spec) => !isSpatial(spec))
  if (denseFrom < 0) throw unsupported('there is no Dense layer')
  const spatial = planSpatial(topology.layers.slice(0, denseFrom).filter(isSpatial), featureShape)
  const layers = planLayers(topology.layers.slice(denseFrom), {
    featureShape: spatial.at(-1)?.output ?? featureShape,
    offset: spatial.reduce((sum, layer) => sum + spatialWeights(layer), 0),
  })
  const [first] = layers
  const last = layers.at(-1)
  if (first === undefined || last === undefined) throw unsupported('there is no Dense layer')
  checkHead(topology.layers, last.units, classes)
  return {
    spatial,
    layers: [first, ...layers.slice(1)],
    inputs: sizeOf(featureShape),
    classes,
    size: first.kernelOffset + layers.reduce((sum, layer) => sum + weightsOf(layer), 0),
    specs: [...spatial.flatMap(spatialTensors), ...layers.flatMap(specsOf)],
  }
}

function planLayers(
  specs: readonly LayerSpec[],
  start: { readonly featureShape: readonly number[]; readonly offset: number },
): DensePlan[] {
  const layers: DensePlan[] = []
  let isFlat = start.featureShape.length === 1
  let width = sizeOf(start.featureShape)
  let offset = start.offset
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
    throw unsupported(
      'only Dense and Flatten, after Conv2D and MaxPooling2D, are on the allow-list',
    )
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

function weightsOf(layer: DensePlan): number {
  return layer.inputs * layer.units + (layer.useBias ? layer.units : 0)
}

function specsOf(layer: DensePlan): TensorSpec[] {
  const kernel = { name: `${layer.name}/kernel`, shape: [layer.inputs, layer.units] }
  return layer.useBias ? [kernel, { name: `${layer.name}/bias`, shape: [layer.units] }] : [kernel]
}
