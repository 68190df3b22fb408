import {
  type BlobStore,
  type Cid,
  cidOfBlob,
  decodeWeights,
  encodeWeights,
  type Manifest,
  UserError,
  type Weights,
} from '@fednode/protocol'
import { badStart } from './bad-start.ts'
import { readStartFile } from './start-file.ts'
import { startWeights } from './start-weights.ts'
import { wholeSpecs } from './whole-specs.ts'

/** Where the model that a manifest starts from may be. */
export type StartPlace = {
  /** As the user wrote it, and where it is; absent: it was not given. */
  readonly file: { readonly shown: string; readonly path: string } | undefined
  /** It is kept here from the first time on. */
  readonly blobs: Pick<BlobStore, 'has' | 'get' | 'put'>
}

/**
 * The model that training.start names: from the store, or from the file that the operator gives, which is stored.
 * @returns undefined when the manifest names none.
 * @throws {UserError} usage BAD_OPTION, START_MISSING, FILE_MISSING; data BAD_START, WRONG_START.
 */
export async function openStart(
  manifest: Manifest,
  { file, blobs }: StartPlace,
): Promise<Weights | undefined> {
  const { start } = manifest.training
  if (start === undefined) {
    if (file === undefined) return undefined
    throw namesNone(await readGiven(manifest, file))
  }
  if (await blobs.has(start))
    return decodeWeights(await blobs.get(start), await wholeSpecs(manifest))
  if (file === undefined) throw startMissing(start)
  const { weights, bytes, cid } = await readGiven(manifest, file)
  if (cid !== start)
    throw badStart(`${file.shown} is ${cid}, but the manifest's training.start is ${start}`, {
      code: 'WRONG_START',
      hint: 'Give the very model that  fednode federation init --start  read.',
    })
  await blobs.put(bytes)
  return weights
}

type Given = { readonly weights: Weights; readonly bytes: Uint8Array; readonly cid: Cid }

async function readGiven(
  manifest: Manifest,
  file: NonNullable<StartPlace['file']>,
): Promise<Given> {
  const given = await readStartFile(file.path, file.shown)
  const weights = startWeights(given, await wholeSpecs(manifest))
  const bytes = encodeWeights(weights)
  return { weights, bytes, cid: cidOfBlob(bytes) }
}

function namesNone({ cid }: Given): UserError {
  return new UserError('usage', '--start: the manifest names no model to start from', {
    code: 'BAD_OPTION',
    hint: `That of the file is written so:  training: { start: ${cid}, … }`,
  })
}

function startMissing(start: Cid): UserError {
  return new UserError('usage', `the model to start from (${start}) is not here yet`, {
    code: 'START_MISSING',
    hint: 'Give it with  --start FILE; it is kept in the data directory.',
  })
}
