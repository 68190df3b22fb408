import type { Adaptation } from './adaptation.ts'
import { layerParts, travelsInPart } from './layer-parts.ts'
import { type ModelSpec, modelSpecOf } from './model-spec.ts'
import type { Manifest } from './types.ts'

/**
 * The model that silos train together: its weights are all that travels. Frozen and personal layers are those of `base`.
 * @param base - all weights of the model that training starts from, in the order of its layers.
 */
export function sharedModelOf(manifest: Manifest, base: Float32Array): ModelSpec {
  const whole = modelSpecOf(manifest)
  if (!travelsInPart(manifest)) return whole
  const { freeze = [], personal = [] } = manifest.training
  return { ...whole, adaptation: adaptationOf(manifest, base, [...freeze, ...personal]) }
}

/** The model that one silo trains: what is shared, and its personal layers. */
export function localModelOf(manifest: Manifest, base: Float32Array): ModelSpec {
  const { freeze = [], adapters } = manifest.training
  const whole = modelSpecOf(manifest)
  if (freeze.length === 0 && adapters === undefined) return whole
  return { ...whole, adaptation: adaptationOf(manifest, base, freeze) }
}

function adaptationOf(
  manifest: Manifest,
  base: Float32Array,
  freeze: readonly string[],
): Adaptation {
  const { adapters } = manifest.training
  if (adapters === undefined) return { base, freeze }
  // Named one by one: personal layers have none, also where they count as frozen.
  const layers = layerParts(manifest).flatMap(({ name, fate }) =>
    fate === 'adapted' ? [name] : [],
  )
  return { base, freeze, adapters: { ...adapters, layers } }
}
