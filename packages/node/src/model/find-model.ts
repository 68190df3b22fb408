import { readFile } from 'node:fs/promises'
import { createEngine } from '@fednode/engine'
import {
  askedStatistics,
  cidOfBlob,
  decodeWeights,
  FedError,
  type Manifest,
  modelSpecOf,
  UserError,
  type Weights,
} from '@fednode/protocol'
import { readPlanFile } from '../plan/read-plan-file.ts'
import type { FoundModel } from './found-model.ts'
import { readKeptModel } from './read-kept-model.ts'

/** Which model is meant: that of a file and its manifest, or of a round that a data directory keeps. */
export type ModelChoice =
  | { readonly kind: 'file'; readonly model: string; readonly manifest: string }
  | {
      readonly kind: 'kept'
      readonly directory: string
      /** Absent: the only one in the directory. */
      readonly scenario?: `0x${string}`
      /** Absent: the last one that is over. */
      readonly round?: number
    }

/**
 * Reads a model and its manifest.
 * @throws {UserError} usage FILE_MISSING, NO_MODEL, NO_PREPROCESSING and as findScenario; data BAD_MODEL when the file is no model of the manifest.
 */
export async function findModel(choice: ModelChoice): Promise<FoundModel> {
  if (choice.kind === 'kept') {
    const { bytes, ...found } = await readKeptModel(choice)
    const name = `the model of round ${found.kept.round}`
    return { ...found, weights: await decode(bytes, found.manifest, name) }
  }
  const { manifest, cid: manifestCid } = await readPlanFile(choice.manifest)
  checkScales(manifest)
  const bytes = await readFile(choice.model).catch((cause: unknown) => {
    throw new UserError('usage', `${choice.model}: cannot be read`, {
      code: 'FILE_MISSING',
      hint: 'Give  --model  a .safetensors file, such as the model.safetensors of a finished run.',
      cause,
    })
  })
  const weights = await decode(bytes, manifest, choice.model)
  return { manifest, manifestCid, data: manifest.data, weights, modelCid: cidOfBlob(bytes) }
}

/** Without its scales a model reads rows as other numbers than those that it was trained on. */
function checkScales(manifest: Manifest): void {
  const { columns, label } = askedStatistics(manifest)
  if (columns.length === 0 && !label) return
  throw new UserError(
    'usage',
    '--model: the scales of this federation come from the statistics of its silos, which a model file does not hold',
    { code: 'NO_PREPROCESSING', hint: 'Give the --dir of the aggregator or of a silo instead.' },
  )
}

async function decode(bytes: Uint8Array, manifest: Manifest, name: string): Promise<Weights> {
  const engine = await createEngine({ backend: 'cpu' })
  try {
    return decodeWeights(bytes, engine.weightSpecs(modelSpecOf(manifest)))
  } catch (cause) {
    if (!(cause instanceof FedError)) throw cause
    throw new UserError(
      'data',
      `${name} is no model of the manifest "${manifest.name}": ${cause.message}`,
      { code: 'BAD_MODEL', hint: 'Give the manifest that the model was trained by.', cause },
    )
  } finally {
    engine.dispose()
  }
}
