import { readFile } from 'node:fs/promises'
import { askedStatistics, cidOfBlob, type Manifest, UserError } from '@fednode/protocol'
import { readPlanFile } from '../plan/read-plan-file.ts'
import { decodeModel } from './decode-model.ts'
import { findKeptModel } from './find-kept-model.ts'
import type { FoundModel } from './found-model.ts'
import type { KeptChoice } from './kept-choice.ts'

/** Which model is meant: that of a file and its manifest, or of a round that a data directory keeps. */
export type ModelChoice =
  | { readonly kind: 'file'; readonly model: string; readonly manifest: string }
  | KeptChoice

/**
 * Reads a model and its manifest.
 * @throws {UserError} usage FILE_MISSING, NO_PREPROCESSING; as findKeptModel, decodeModel, readPlanFile.
 */
export async function findModel(choice: ModelChoice): Promise<FoundModel> {
  if (choice.kind === 'kept') return findKeptModel(choice)
  const { manifest, cid: manifestCid } = await readPlanFile(choice.manifest)
  checkScales(manifest)
  const bytes = await readFile(choice.model).catch((cause: unknown) => {
    throw new UserError('usage', `${choice.model}: cannot be read`, {
      code: 'FILE_MISSING',
      hint: 'Give  --model  a .safetensors file, such as the model.safetensors of a finished run.',
      cause,
    })
  })
  const weights = await decodeModel(bytes, manifest, choice.model)
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
