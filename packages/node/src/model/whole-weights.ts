import { federationModel, joinPersonal } from '@fednode/engine'
import { decodeWeights, type Manifest, modelSpecOf, type Weights } from '@fednode/protocol'
import { memoryLengths } from '../silo/memory-lengths.ts'
import { decodeMemory } from '../silo/silo-memory.ts'
import { readWeights } from './read-weights.ts'

/** Files of which a whole model is made. */
export type ModelParts = {
  /** Global model of a round. */
  readonly shared: Uint8Array
  /** The model that training.start names; undefined where the manifest names none. */
  readonly start: Uint8Array | undefined
  /** What a silo carried out of the round; undefined where nobody carried anything: personal layers are as given. */
  readonly memory: Uint8Array | undefined
  /** Of the global model, for whoever reads the error. */
  readonly name: string
}

/**
 * All weights of a manifest's model, of which a global model may be a part.
 * @throws {UserError} data BAD_MODEL.
 */
export function wholeWeights(manifest: Manifest, parts: ModelParts): Promise<Weights> {
  const { name } = parts
  const hint = 'Its directory may be damaged: check it with  fednode contrib verify.'
  return readWeights({ manifest, name, hint }, (engine) => {
    const specs = engine.weightSpecs(modelSpecOf(manifest))
    const start = parts.start && decodeWeights(parts.start, specs)
    const models = federationModel(manifest, { engine, start })
    const shared = decodeWeights(parts.shared, engine.weightSpecs(models.shared))
    const lengths = memoryLengths(manifest, models, shared)
    const memory = parts.memory && decodeMemory(parts.memory, lengths)
    return engine.fullWeights(models.local, joinPersonal(models, shared, memory?.personal))
  })
}
