import type { Adaptation, Adapters } from '@fednode/protocol'
import type { LayerPlan, PlannedTensor } from './layer-plan.ts'
import { unsupported } from './unsupported.ts'

/** What one tensor of a given model is made of; numbers are places among the weights that move. */
export type TensorSource =
  | { readonly kind: 'trained'; readonly place: number }
  | { readonly kind: 'frozen' }
  /** The given kernel plus scale * A B. */
  | { readonly kind: 'adapted'; readonly a: number; readonly b: number; readonly scale: number }

/** How all weights of a model follow from those that move. */
export type AdaptationPlan = {
  readonly base: Float32Array
  /** One per tensor of the layers, in order. */
  readonly sources: readonly TensorSource[]
}

/** A weight tensor that moves, with its whole name: "dense_1/lora_a". */
export type Parameter = PlannedTensor

/**
 * Finds out what moves: the tensors of layers that are neither frozen nor have adapters, and "lora_a" [inputs, rank] and "lora_b" [rank,
 * units] of those that have.
 * @throws {EngineError} UNSUPPORTED_MODEL.
 */
export function planAdaptation(
  layers: readonly LayerPlan[],
  { base, freeze, adapters }: Adaptation,
): { readonly adaptation: AdaptationPlan; readonly parameters: readonly Parameter[] } {
  const adapted = new Set(adapters === undefined ? [] : adaptedLayers(layers, freeze, adapters))
  checkNames(layers, [...freeze, ...adapted])
  const sources: TensorSource[] = []
  const list = createParameterList()
  for (const layer of layers)
    for (const tensor of layer.tensors) {
      if (adapters !== undefined && adapted.has(layer.name) && tensor.name === 'kernel')
        sources.push(adaptKernel(layer.name, { kernel: tensor, adapters, list }))
      else if (adapted.has(layer.name) || freeze.includes(layer.name))
        sources.push({ kind: 'frozen' })
      else sources.push({ kind: 'trained', place: list.add(layer.name, tensor) })
    }
  const size = layers.flatMap(({ tensors }) => tensors).reduce((sum, own) => sum + own.size, 0)
  if (base.length !== size)
    throw unsupported(`the given model has ${base.length} weights, this one ${size}`)
  if (list.parameters.length === 0) throw unsupported('every layer is frozen: nothing would move')
  return { adaptation: { base, sources }, parameters: list.parameters }
}

type ParameterList = {
  readonly parameters: readonly Parameter[]
  /** Its place. */
  add(layer: string, tensor: Pick<PlannedTensor, 'name' | 'shape' | 'size'>): number
}

function createParameterList(): ParameterList {
  const parameters: Parameter[] = []
  let offset = 0
  return {
    parameters,
    add(layer, { name, shape, size }) {
      parameters.push({ name: `${layer}/${name}`, shape, offset, size })
      offset += size
      return parameters.length - 1
    },
  }
}

function adaptKernel(
  layer: string,
  of: {
    readonly kernel: PlannedTensor
    readonly adapters: Adapters
    readonly list: ParameterList
  },
): TensorSource {
  const { kernel, adapters, list } = of
  const { rank, alpha = rank } = adapters
  const [inputs, units] = kernel.shape as readonly [number, number]
  if (!Number.isSafeInteger(rank) || rank < 1 || rank > Math.min(inputs, units))
    throw unsupported(
      `the adapters of ${layer} have rank ${rank}, not 1 to ${Math.min(inputs, units)}`,
    )
  if (!(alpha > 0 && Number.isFinite(alpha)))
    throw unsupported(`alpha of the adapters is ${alpha}, not a positive number`)
  const a = list.add(layer, { name: 'lora_a', shape: [inputs, rank], size: inputs * rank })
  const b = list.add(layer, { name: 'lora_b', shape: [rank, units], size: rank * units })
  return { kind: 'adapted', a, b, scale: alpha / rank }
}

function adaptedLayers(
  layers: readonly LayerPlan[],
  freeze: readonly string[],
  { layers: named }: Adapters,
): readonly string[] {
  const dense = layers.filter(({ spec }) => spec.className === 'Dense').map(({ name }) => name)
  const adapted = named ?? dense.filter((name) => freeze.includes(name))
  for (const name of adapted)
    if (!dense.includes(name))
      throw unsupported(`${name} is no Dense layer of ${dense.join(', ')}: it has no adapters`)
  if (adapted.length === 0) throw unsupported('no Dense layer is frozen that adapters could change')
  return adapted
}

function checkNames(layers: readonly LayerPlan[], names: readonly string[]): void {
  const known = layers.filter(({ tensors }) => tensors.length > 0).map(({ name }) => name)
  for (const name of names)
    if (!known.includes(name))
      throw unsupported(`there is no layer ${name} with weights, only ${known.join(', ')}`)
}
