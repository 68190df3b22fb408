import { readFile } from 'node:fs/promises'
import {
  askedStatistics,
  cidOfBlob,
  type DataSpec,
  decodeSafetensorsNotes,
  type Manifest,
  parseData,
  UserError,
} from '@fednode/protocol'
import { readPlanFile } from '../plan/read-plan-file.ts'
import { decodeModel } from './decode-model.ts'
import { findKeptModel } from './find-kept-model.ts'
import type { FoundModel } from './found-model.ts'
import { isFilledFrom } from './is-filled-from.ts'
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
  const bytes = await readFile(choice.model).catch((cause: unknown) => {
    throw new UserError('usage', `${choice.model}: cannot be read`, {
      code: 'FILE_MISSING',
      hint: 'Give  --model  a .safetensors file, such as the model.safetensors of a finished run.',
      cause,
    })
  })
  const weights = await decodeModel(bytes, manifest, choice.model)
  const data = dataOf(bytes, manifest, choice.model)
  return { manifest, manifestCid, data, weights, modelCid: cidOfBlob(bytes) }
}

/**
 * By which rows are read. Without the scales and categories of its silos' statistics a model would read them as other numbers than those
 * that it was trained on; a file that `model export` wrote has them in its notes.
 */
function dataOf(bytes: Uint8Array, manifest: Manifest, name: string): DataSpec {
  if (!asksStatistics(manifest)) return manifest.data
  const notes = decodeSafetensorsNotes(bytes)
  const data = parseData(notes.data ?? '')
  const isOwn = data !== undefined && isFilledFrom(data, manifest.data)
  if (isOwn && !asksStatistics({ ...manifest, data })) return data
  throw new UserError(
    'usage',
    `${name} does not hold the scales and categories that the silos of "${manifest.name}" found`,
    {
      code: 'NO_PREPROCESSING',
      hint: 'Give a file that  fednode model export --format safetensors  wrote, with the manifest of its federation, or the --dir of the aggregator or of a silo.',
    },
  )
}

function asksStatistics(manifest: Pick<Manifest, 'data' | 'preprocessing'>): boolean {
  const { columns, label, categories } = askedStatistics(manifest)
  return columns.length > 0 || categories.length > 0 || label
}
