import {
  checkModel,
  type LayerSpec,
  layerShape,
  type ModelSpec,
  type Objective,
  outputsOf,
  printIssue,
  sizeOf,
  type TensorSpec,
} from '@fednode/protocol'
import type { LayerPlan, PlannedTensor } from './layer-plan.ts'
import { planStack, type StackPlan } from './stack-plan.ts'
import { unsupported } from './unsupported.ts'

/** A checked model: what goes through which layers, and where the weights of each lie. */
export type ModelPlan = {
  readonly layers: readonly LayerPlan[]
  /** The same layers for the code written out for dense and convolutional classifiers; absent where it does not cover them. */
  readonly stack: StackPlan | undefined
  readonly objective: Objective
  readonly featureShape: readonly number[]
  /** Numbers of one row that go in, and that come out: logits for classes, whose softmax is part of the loss. */
  readonly inputs: number
  readonly outputs: number
  /** Number of weights. */
  readonly size: number
  readonly specs: readonly TensorSpec[]
}

/**
 * Checks a topology and lays out its weights as TensorFlow.js names them: dense_1/kernel [inputs, units], dense_1/bias [units], ...
 * Costs nothing that grows with the sizes asked for (T20).
 * @throws {EngineError} UNSUPPORTED_MODEL.
 */
export function planModel(model: ModelSpec): ModelPlan {
  const [issue] = checkModel(model)
  if (issue !== undefined) throw unsupported(printIssue(issue))
  const { objective, featureShape } = model
  const layers = planLayers(model)
  const inputs = sizeOf(featureShape)
  return {
    layers,
    stack: planStack(layers),
    objective,
    featureShape,
    inputs,
    outputs: outputsOf(objective, inputs),
    size: layers.reduce((sum, { tensors }) => sum + countOf(tensors), 0),
    specs: layers.flatMap(({ name, tensors }) =>
      tensors.map((tensor) => ({ name: `${name}/${tensor.name}`, shape: tensor.shape })),
    ),
  }
}

function planLayers({ topology, featureShape }: ModelSpec): LayerPlan[] {
  const counts = new Map<string, number>()
  const layers: LayerPlan[] = []
  let input = featureShape
  let offset = 0
  for (const spec of topology.layers) {
    const shape = layerShape(spec, input)
    if ('needs' in shape) throw unsupported(`${spec.className} needs ${shape.needs}`)
    const index = (counts.get(spec.className) ?? 0) + 1
    counts.set(spec.className, index)
    const tensors = placed(shape.tensors, offset)
    const name = `${snakeCase(spec.className)}_${index}`
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

/** "depthwise_conv2d", as TensorFlow.js spells class names in names of layers. */
function snakeCase(className: LayerSpec['className']): string {
  return className
    .replace(/(.)([A-Z][a-z0-9]+)/g, '$1_$2')
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .toLowerCase()
}
