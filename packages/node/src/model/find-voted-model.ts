import path from 'node:path'
import {
  BlobError,
  type Cid,
  decodeManifest,
  decodeWeights,
  encodeManifest,
  modelSpecOf,
  readStoredBlob,
  type TensorSpec,
  UserError,
  type Weights,
} from '@fednode/protocol'
import { decodeArenaModel } from '../arena/arena-model.ts'
import type { KeptScenario } from '../runtime/find-scenario.ts'
import { readVotedRun, type VotedPlace } from '../voting/read-voted-run.ts'
import type { KeptModel } from './find-kept-model.ts'
import { readWeights } from './read-weights.ts'

/** An alliance or task that a data directory keeps something of. */
export type VotedScenario = KeptScenario & VotedPlace

/**
 * The global model of an alliance after a round, or the one that a training node submitted in it; without a round the latest that is
 * here. Its digest is the one on the chain.
 * @throws {UserError} usage NO_MODEL; data BAD_MODEL. {ManifestError} of another version's. {BlobError} BLOB_CORRUPT. As readPlace.
 */
export async function findVotedModel(
  kept: VotedScenario,
  wanted: number | undefined,
): Promise<KeptModel> {
  const run = readVotedRun(kept)
  const { name } = kept.place
  const models = run.models.filter(({ round }) => wanted === undefined || round === wanted)
  if (models.length === 0 || run.plan === undefined) throw notMade(kept, wanted, run.rounds)
  const manifest = decodeManifest(run.plan)
  const { cid: manifestCid } = encodeManifest(manifest)
  for (const { round, model } of models) {
    const bytes = await bytesOf(kept, model)
    if (bytes === undefined) continue
    const what = { manifest, name: `the model of round ${round} of ${name}`, hint: DAMAGED }
    const weights = await readWeights(what, (engine) =>
      decodeVoted(bytes, engine.weightSpecs(modelSpecOf(manifest)), kept),
    )
    const { data } = manifest
    const found = { manifest, data, manifestCid, modelCid: model, weights }
    return { ...found, kept: { ...kept, round } }
  }
  throw notHere(kept, models[0]?.round)
}

const DAMAGED = 'Its directory may be damaged: restore it from a backup.'

function decodeVoted(
  bytes: Uint8Array,
  specs: readonly TensorSpec[],
  { scenario: scope, place }: VotedScenario,
): Weights {
  if (place.role === 'alliance') return decodeWeights(bytes, specs)
  const weights = decodeArenaModel(bytes, specs, { scope, node: place.account })
  if (weights !== undefined) return weights
  throw new UserError('data', 'it is not what a training node submits', { code: 'BAD_MODEL' })
}

/** @returns undefined where it is not here. */
async function bytesOf({ directory }: VotedScenario, cid: Cid): Promise<Uint8Array | undefined> {
  try {
    return await readStoredBlob(path.join(directory, 'blobs'), cid)
  } catch (error) {
    if (error instanceof BlobError && error.info.code === 'BLOB_NOT_FOUND') return undefined
    throw error
  }
}

const BY_HAND = 'Give  --model FILE --manifest federation.yaml.'

function notMade({ place }: VotedScenario, wanted: number | undefined, rounds: number): UserError {
  const { name, role } = place
  if (role === 'arena-validator') {
    return noModel(
      `this directory is a validator's of ${name}: it scores models, and makes none`,
      'Give the --dir of one of the training nodes.',
    )
  }
  if (wanted === undefined) {
    return noModel(
      `no round of ${name} is over yet`,
      role === 'alliance'
        ? 'A model is there once a round is over.'
        : 'A model is there once the node has submitted it.',
    )
  }
  const known = rounds === 0 ? '' : ` The last that it knows: ${rounds}.`
  return noModel(
    `this node knows no model of round ${wanted} of ${name}`,
    `Leave out --round for the latest that is here.${known}`,
  )
}

function notHere({ place }: VotedScenario, round: number | undefined): UserError {
  return noModel(
    `the model of round ${round} of ${place.name} is not here`,
    place.role === 'alliance'
      ? 'A node has a global model while it needs it, and the last one when the alliance is over: leave out --round, or take the --dir of another node.'
      : BY_HAND,
  )
}

function noModel(message: string, hint: string): UserError {
  return new UserError('usage', message, { code: 'NO_MODEL', hint })
}
