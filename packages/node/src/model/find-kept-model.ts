import path from 'node:path'
import { type Evidence, manifestOf, parseEvidence, roundOpenIn } from '@fednode/aggregator'
import {
  BlobError,
  type BlobRef,
  type DataSpec,
  fillData,
  type Manifest,
  parsePreprocessing,
  type Round,
  readStoredBlob,
  UserError,
} from '@fednode/protocol'
import { findScenario, type KeptScenario } from '../runtime/find-scenario.ts'
import { scenarioPaths } from '../runtime/scenario-directory.ts'
import { memoryBefore } from '../silo/kept-memory.ts'
import { readMemories } from '../silo/read-silo-journal.ts'
import { knownRounds } from '../verify/known-rounds.ts'
import { findVotedModel } from './find-voted-model.ts'
import type { FoundModel } from './found-model.ts'
import type { KeptChoice } from './kept-choice.ts'
import { wholeWeights } from './whole-weights.ts'

/** A model of a round that a data directory keeps. */
export type KeptModel = FoundModel & { readonly kept: NonNullable<FoundModel['kept']> }

/**
 * The model that a round made, from the directory of an aggregator or a silo, where the evidence of the round names it and the manifest; or
 * of who takes part in an alliance or a task.
 * @throws {UserError} usage NO_MODEL; data BAD_MANIFEST; as findScenario, wholeWeights, findVotedModel. {BlobError} BLOB_CORRUPT. {EvidenceError} EVIDENCE_MALFORMED.
 */
export async function findKeptModel(choice: KeptChoice): Promise<KeptModel> {
  const kept = findScenario(choice.directory, choice.scenario)
  const { place } = kept
  if (place !== undefined) return findVotedModel({ ...kept, place }, choice.round)
  const { blobs } = scenarioPaths(choice.directory, kept.scenario)
  const { round, ref } = pickRound(kept, choice.round)
  const what = `of round ${round}`
  const evidence = parseEvidence(await readBlob(blobs, ref, `the evidence ${what}`))
  const manifest = manifestIn(evidence)
  const bytes = await readBlob(blobs, evidence.model, `the model ${what}`)
  const memory = await readMemory(kept, { manifest, round, blobs })
  const { personal } = manifest.training
  return {
    manifest,
    data: await filledData(manifest, evidence, blobs),
    manifestCid: evidence.manifest,
    modelCid: evidence.model.cid,
    weights: await wholeWeights(manifest, {
      shared: bytes,
      start: await readStart(manifest, blobs),
      memory,
      name: `the model ${what}`,
    }),
    kept: { ...kept, round, ...(memory && personal && { personal }) },
  }
}

function manifestIn(evidence: Evidence): Manifest {
  const manifest = manifestOf(evidence)
  if (manifest !== undefined) return manifest
  throw new UserError(
    'data',
    `the evidence of round ${evidence.round} holds no manifest that this fednode can read`,
    { code: 'BAD_MANIFEST', hint: 'Give  --model FILE --manifest federation.yaml.' },
  )
}

/** The manifest's schema of rows, with the scales that the silos' statistics gave. */
async function filledData(
  manifest: Manifest,
  evidence: Evidence,
  blobs: string,
): Promise<DataSpec> {
  const ref = roundOpenIn(evidence)?.preprocessing
  if (ref === undefined) return manifest.data
  const bytes = await readBlob(blobs, ref, 'the preprocessing of the federation')
  return fillData(manifest, parsePreprocessing(bytes, { manifest, manifestCid: evidence.manifest }))
}

async function readStart(manifest: Manifest, blobs: string): Promise<Uint8Array | undefined> {
  const { start: cid } = manifest.training
  if (cid === undefined) return undefined
  return readBlob(blobs, { cid }, 'the model that everything started from')
}

/** A silo's own layers after a round; the aggregator has none, and a silo that never trained has them as given. */
async function readMemory(
  { directory }: KeptScenario,
  {
    manifest,
    round,
    blobs,
  }: { readonly manifest: Manifest; readonly round: Round; readonly blobs: string },
): Promise<Uint8Array | undefined> {
  if (manifest.training.personal === undefined) return undefined
  const memories = readMemories(directory)
  const ref = memoryBefore(round + 1, memories)
  if (ref !== undefined) return readBlob(blobs, ref, `the personal layers after round ${round}`)
  if (memories.length === 0) return undefined
  const oldest = memories[0]?.round
  throw noModel(
    `the personal layers after round ${round} are not kept any more`,
    `The oldest that are: of round ${oldest}. Leave out --round for the newest.`,
  )
}

function pickRound(
  { directory, scenario }: KeptScenario,
  wanted: number | undefined,
): { readonly round: Round; readonly ref: BlobRef } {
  const { evidence } = knownRounds(directory)
  const rounds = [...evidence.keys()].sort((a, b) => a - b)
  const round = wanted ?? rounds.at(-1)
  const ref = round === undefined ? undefined : evidence.get(round)
  if (round !== undefined && ref !== undefined) return { round, ref }
  const [first, last] = [rounds[0], rounds.at(-1)]
  throw noModel(
    wanted === undefined
      ? `no round of Scenario ${scenario} is over yet`
      : `round ${wanted} is not over, or not one of this federation`,
    first === undefined
      ? 'A model is there once a round is over.'
      : `Rounds that are over: ${first} to ${last}`,
  )
}

async function readBlob(
  blobs: string,
  { cid }: Pick<BlobRef, 'cid'>,
  what: string,
): Promise<Uint8Array> {
  try {
    return await readStoredBlob(blobs, cid)
  } catch (error) {
    if (!(error instanceof BlobError) || error.info.code !== 'BLOB_NOT_FOUND') throw error
    throw noModel(
      `${what} is not in ${path.dirname(blobs)}`,
      'Give the --dir of the aggregator, or  --model FILE --manifest federation.yaml.',
    )
  }
}

function noModel(message: string, hint: string): UserError {
  return new UserError('usage', message, { code: 'NO_MODEL', hint })
}
