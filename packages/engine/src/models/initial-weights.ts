import { sizeOf, type Weights } from '@fednode/protocol'
import { createRandom, type Random } from '../random.ts'
import type { AdaptationPlan, Parameter, TensorSource } from './adaptation-plan.ts'
import type { LayerPlan, PlannedTensor } from './layer-plan.ts'
import type { ModelPlan } from './model-plan.ts'

/** Uniform numbers of an embedding, as in Keras. */
const EMBEDDING_LIMIT = 0.05

/**
 * Glorot-uniform kernels, U(-l, l) with l = sqrt(6 / (inputs + units)), and zero biases (Glorot & Bengio 2010, eq. 16); of a convolution
 * inputs and units are channels and filters times the kernel's area. Recurrent kernels are U(-l, l) with l = 1 / sqrt(units), embeddings
 * with l = 0.05; what scales is 1, and so is an LSTM's forget bias (Jozefowicz et al. 2015). Tensors are drawn in the order of the
 * layers, row-major, from one stream of createRandom(seed). A linear model has nothing to tell apart by chance and begins at zero, from
 * where a few short rounds get further (bench/RESULTS.md).
 */
export function initialWeights(plan: ModelPlan, seed: number): Weights {
  const random = createRandom(seed)
  const values =
    plan.adaptation === undefined
      ? drawnWeights(plan, random)
      : adaptedWeights(plan, plan.adaptation, random)
  return { specs: plan.specs, values }
}

function drawnWeights(plan: ModelPlan, random: Random): Float32Array {
  const values = new Float32Array(plan.size)
  if (isLinear(plan)) return values
  for (const layer of plan.layers)
    for (const tensor of layer.tensors) {
      const part = values.subarray(tensor.offset, tensor.offset + tensor.size)
      const limit = limitOf(tensor)
      if (limit === undefined) fillConstant(layer, tensor.name, part)
      else fillUniform(part, limit, random)
    }
  return values
}

/** Whether all that is learned is one dense layer: linear, logistic or Cox regression. */
function isLinear({ layers }: ModelPlan): boolean {
  const [learned, ...others] = layers.filter(({ tensors }) => tensors.length > 0)
  if (learned === undefined || others.length > 0 || learned.spec.className !== 'Dense') return false
  const { activation = 'linear' } = learned.spec.config
  return activation === 'linear' || activation === 'softmax'
}

/** Of an adapted model: what the given one has, A of every adapter U(-l, l) with l = 1 / sqrt(inputs), and B 0, so that it begins as given. */
function adaptedWeights(
  { size, layers, parameters }: ModelPlan,
  { base, sources }: AdaptationPlan,
  random: Random,
): Float32Array {
  const values = new Float32Array(size)
  const partOf = (place: number): Float32Array => {
    const { offset, size: length } = parameters[place] as Parameter
    return values.subarray(offset, offset + length)
  }
  const tensors = layers.flatMap((layer) => layer.tensors)
  tensors.forEach(({ shape, offset, size: length }, i) => {
    const source = sources[i] as TensorSource
    if (source.kind === 'trained') partOf(source.place).set(base.subarray(offset, offset + length))
    if (source.kind === 'adapted')
      fillUniform(partOf(source.a), 1 / Math.sqrt(shape[0] as number), random)
  })
  return values
}

function fillUniform(part: Float32Array, limit: number, random: Random): void {
  for (let i = 0; i < part.length; i++) part[i] = limit * (2 * random.uniform() - 1)
}

/** Largest number that a tensor begins with; undefined where it begins with constants. */
function limitOf({ name, shape }: PlannedTensor): number | undefined {
  switch (name) {
    case 'kernel':
    case 'depthwise_kernel': {
      const area = sizeOf(shape.slice(0, -2))
      return Math.sqrt(6 / (area * sizeSum(shape.slice(-2))))
    }
    case 'recurrent_kernel':
      return 1 / Math.sqrt(shape[0] as number)
    case 'embeddings':
      return EMBEDDING_LIMIT
    default:
      return undefined
  }
}

function fillConstant({ spec }: LayerPlan, name: string, part: Float32Array): void {
  if (name === 'gamma') part.fill(1)
  // The gates are i f c o.
  if (spec.className === 'LSTM' && name === 'bias')
    part.fill(1, spec.config.units, 2 * spec.config.units)
}

function sizeSum(lengths: readonly number[]): number {
  return lengths.reduce((sum, length) => sum + length, 0)
}
