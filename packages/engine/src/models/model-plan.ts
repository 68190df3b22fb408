import {
  checkModel,
  layerNames,
  layerShape,
  type ModelSpec,
  type Objective,
  outputsOf,
  printIssue,
  sizeOf,
  type TensorSpec,
} from '@fednode/protocol'
import { type AdaptationPlan, type Parameter, planAdaptation } from './adaptation-plan.ts'
import type { LayerPlan, PlannedTensor } from './layer-plan.ts'
import { planStack, type StackPlan } from './stack-plan.ts'
import { unsupported } from './unsupported.ts'

/** A checked model: what goes through which layers, and where the weights of each lie. */
export type ModelPlan = {
  readonly layers: readonly LayerPlan[]
  /** The same layers for the code written out for dense and convolutional classifiers; absent where it does not cover them. */
  readonly stack: StackPlan | undefined
  /** How the layers' weights follow from those that move; absent: they are the same. */
  readonly adaptation: AdaptationPlan | undefined
  /** Weight tensors that move, in the order in which they lie in `Weights.values`. */
  readonly parameters: readonly Parameter[]
  readonly objective: Objective
  readonly featureShape: readonly number[]
  /** Numbers of one row that go in, and that come out: logits for classes, whose softmax is part of the loss. */
  readonly inputs: number
  readonly outputs: number
  /** Number of weights that move. */
  readonly size: number
  readonly specs: readonly TensorSpec[]
}

/**
 * Checks a topology and lays out its weights as TensorFlow.js names them: dense_1/kernel [inputs, units], dense_1/bias [units], ...
 * Of an adapted model only the tensors that move are its weights. Costs nothing that grows with the sizes asked for (T20).
 * @throws {EngineError} UNSUPPORTED_MODEL.
 */
export function planModel(model: ModelSpec): ModelPlan {
  const [issue] = checkModel(model)
  if (issue !== undefined) throw unsupported(printIssue(issue))
  const { objective, featureShape } = model
  const layers = planLayers(model)
  const inputs = sizeOf(featureShape)
  const { adaptation, parameters } =
    model.adaptation === undefined
      ? { adaptation: undefined, parameters: layers.flatMap(ownTensors) }
      : planAdaptation(layers, model.adaptation)
  return {
    layers,
    stack: planStack(layers),
    adaptation,
    parameters,
    objective,
    featureShape,
    inputs,
    outputs: outputsOf(objective, inputs),
    size: countOf(parameters),
    specs: parameters.map(({ name, shape }) => ({ name, shape })),
  }
}

/** A layer's tensors by their whole names. */
function ownTensors({ name, tensors }: LayerPlan): Parameter[] {
  return tensors.map((tensor) => ({ ...tensor, name: `${name}/${tensor.name}` }))
}

function planLayers({ topology, featureShape }: ModelSpec): LayerPlan[] {
  const names = layerNames(topology)
  const layers: LayerPlan[] = []
  let input = featureShape
  let offset = 0
  for (const [index, spec] of topology.layers.entries()) {
    const shape = layerShape(spec, input)
    if ('needs' in shape) throw unsupported(`${spec.className} needs ${shape.needs}`)
    const tensors = placed(shape.tensors, offset)
    const name = names[index] as string
    layers.push({ name, spec, input, output: shape.output, tensors })
    input = shape.output
    offset += countOf(tensors)
  }
  return layers
}

function placed(tensors: readonly TensorSpec[], start: number): PlannedTensor[] {
  let offset = start
  return tensors.map(({ name, shape }) => {
    const tensor = { name, shape, offset, size: sizeOf(shape) }
    offset += tensor.size
    return tensor
  })
}

function countOf(tensors: readonly PlannedTensor[]): number {
  return tensors.reduce((sum, { size }) => sum + size, 0)
}
