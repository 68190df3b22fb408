import { countValues, type TensorSpec } from '../codec/weights.ts'
import { featureShapeOf } from './feature-shape.ts'
import { layerNames } from './layer-names.ts'
import { layerShape } from './layer-shape.ts'
import type { LayerSpec } from './topology-types.ts'
import type { Manifest } from './types.ts'

/** A layer that has weights, and what becomes of them in a federation. */
export type LayerPart = {
  /** "dense_1". */
  readonly name: string
  readonly className: LayerSpec['className']
  /** Names without the layer's own: "kernel". */
  readonly tensors: readonly TensorSpec[]
  /** shared: they travel; frozen: they stay as given; adapted: so they do, and two small matrices travel; personal: they stay at the silo. */
  readonly fate: 'shared' | 'frozen' | 'adapted' | 'personal'
}

type Planned = Pick<Manifest, 'model' | 'data' | 'training'>

/** All layers with weights, in their order, up to the first that does not fit. */
export function layerParts({ model, data, training }: Planned): readonly LayerPart[] {
  const { freeze = [], adapters, personal = [] } = training
  const parts: LayerPart[] = []
  const names = layerNames(model)
  let shape = featureShapeOf(data)
  for (const [index, layer] of model.layers.entries()) {
    const made = layerShape(layer, shape)
    if ('needs' in made) break
    shape = made.output
    if (made.tensors.length === 0) continue
    const name = names[index] as string
    const { className } = layer
    const isFrozen = freeze.includes(name)
    const isAdapted = adapters?.layers?.includes(name) ?? (isFrozen && className === 'Dense')
    const kept = isFrozen ? 'frozen' : personal.includes(name) ? 'personal' : 'shared'
    const fate = adapters !== undefined && isAdapted ? 'adapted' : kept
    parts.push({ name, className, tensors: made.tensors, fate })
  }
  return parts
}

/** Whether less than the whole model travels. */
export function travelsInPart({ training }: Pick<Manifest, 'training'>): boolean {
  const { freeze = [], adapters, personal = [] } = training
  return freeze.length > 0 || adapters !== undefined || personal.length > 0
}

/** Number of weights that travel: in an update, and in a global model. */
export function countShared(manifest: Planned): number {
  const { rank = 0 } = manifest.training.adapters ?? {}
  return layerParts(manifest).reduce((sum, { tensors, fate }) => {
    if (fate === 'shared') return sum + countValues(tensors)
    return fate === 'adapted' ? sum + rank * sidesOf(tensors) : sum
  }, 0)
}

/** Inputs and units of a Dense layer, together: what one rank of its adapters takes. */
function sidesOf([kernel]: readonly TensorSpec[]): number {
  return (kernel?.shape ?? []).reduce((sum, side) => sum + side, 0)
}
