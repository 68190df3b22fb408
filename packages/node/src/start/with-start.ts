import { cidOfBlob, encodeWeights, FedError, type Manifest, UserError } from '@fednode/protocol'
import { badStart } from './bad-start.ts'
import type { StartFile } from './start-file.ts'
import { startWeights } from './start-weights.ts'
import { wholeSpecs } from './whole-specs.ts'

/**
 * A manifest whose federation starts from a model: with its layers, where the file says what they are.
 * @throws {UserError} data BAD_START when the model is not one for these rows, or not one of these layers.
 */
export async function withStart<M extends Manifest>(manifest: M, file: StartFile): Promise<M> {
  const planned = { ...manifest, model: file.topology ?? manifest.model }
  const specs = await wholeSpecs(planned).catch((cause: unknown) => {
    if (!(cause instanceof FedError) || cause instanceof UserError) throw cause
    throw badStart(`${file.shown} is no model for these rows: ${cause.message}`, { cause })
  })
  const start = cidOfBlob(encodeWeights(startWeights(file, specs)))
  return { ...planned, training: { ...planned.training, start } }
}
