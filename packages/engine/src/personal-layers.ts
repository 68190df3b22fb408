import type { Weights } from '@fednode/protocol'
import type { FederationModel } from './federation-model.ts'
import { selectTensors } from './models/select-tensors.ts'

/**
 * What a silo trains from: the global model's weights, and its own of its personal layers.
 * @param own - values of the personal layers; undefined: as given.
 */
export function joinPersonal(
  { localSpecs, personal }: FederationModel,
  shared: Weights,
  own: Float32Array | undefined,
): Weights {
  if (personal.values.length === 0) return shared
  return selectTensors(localSpecs, [
    shared,
    own === undefined ? personal : { ...personal, values: own },
  ])
}

/** What of trained weights travels, and what stays at the silo. */
export function splitPersonal(
  { personal }: FederationModel,
  { local, shared }: { readonly local: Weights; readonly shared: Weights['specs'] },
): { readonly shared: Weights; readonly own: Float32Array } {
  if (personal.values.length === 0) return { shared: local, own: personal.values }
  return {
    shared: selectTensors(shared, [local]),
    own: selectTensors(personal.specs, [local]).values,
  }
}
