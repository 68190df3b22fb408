import type { Engine } from '@fednode/engine'
import {
  type BlobRef,
  countValues,
  encodeWeights,
  type Manifest,
  modelSpecOf,
  type TensorSpec,
} from '@fednode/protocol'

/** The blob with the model that a manifest starts from, and what is in it. */
export type StartRef = BlobRef & { readonly specs: readonly TensorSpec[] }

/**
 * Where the model lies that a manifest starts from; undefined where it names none. Its size follows from its layers: weights have one
 * canonical form.
 */
export function startRef(
  manifest: Manifest,
  engine: Pick<Engine, 'weightSpecs'>,
): StartRef | undefined {
  const { start: cid } = manifest.training
  if (cid === undefined) return undefined
  const specs = engine.weightSpecs(modelSpecOf(manifest))
  const { length: size } = encodeWeights({ specs, values: new Float32Array(countValues(specs)) })
  return { cid, size, specs }
}
