import { type Evidence, parseEvidence, readRounds } from '@fednode/aggregator'
import { BlobError, type BlobRef, readStoredBlob, UserError } from '@fednode/protocol'
import { scenarioPaths } from '../../runtime/scenario-directory.ts'
import { readSiloRounds } from '../../silo/read-silo-journal.ts'
import { knownRounds } from '../../verify/known-rounds.ts'
import { findKeptModel } from '../find-kept-model.ts'
import type { KeptChoice } from '../kept-choice.ts'
import type { CardFacts, CardRound } from './card-facts.ts'
import { cardSilos } from './card-silos.ts'

/** Reads what the directory of an aggregator or a silo keeps of a model and of the rounds that led to it. @throws {UserError} usage NO_EVIDENCE; as findModel. */
export async function gatherCard(choice: KeptChoice): Promise<CardFacts> {
  const { kept, ...found } = await findKeptModel(choice)
  if (kept.place !== undefined) throw noEvidence(kept.place.name)
  const { directory, scenario, round: last } = kept
  const { evidence } = knownRounds(directory)
  const refs = [...evidence].filter(([round]) => round <= last).sort(([a], [b]) => a - b)
  const { blobs } = scenarioPaths(choice.directory, scenario)
  const bundles = await Promise.all(refs.map(([, ref]) => readBundle(blobs, ref)))
  return {
    found: { ...found, kept },
    rounds: roundsOf(directory).filter(({ round }) => round <= last),
    silos: cardSilos(bundles.filter((bundle) => bundle !== undefined)),
    withoutEvidence: refs.flatMap(([round], i) => (bundles[i] === undefined ? [round] : [])),
  }
}

/** A silo has only what came while it was there. */
async function readBundle(blobs: string, { cid }: BlobRef): Promise<Evidence | undefined> {
  try {
    return parseEvidence(await readStoredBlob(blobs, cid))
  } catch (error) {
    if (error instanceof BlobError && error.info.code === 'BLOB_NOT_FOUND') return undefined
    throw error
  }
}

function roundsOf(directory: string): readonly CardRound[] {
  const own = readSiloRounds(directory)
  if (own !== undefined) return own.flatMap(ofSilo)
  return readRounds(directory).map(({ round, metrics, loss, model, evidenceCid }) => ({
    ...{ round, metrics, loss },
    model: model.cid,
    evidence: evidenceCid,
  }))
}

function ofSilo({
  round,
  result,
}: NonNullable<ReturnType<typeof readSiloRounds>>[number]): readonly CardRound[] {
  if (result === undefined) return []
  const { metrics, loss, model, evidence } = result
  return [
    { round, metrics, loss, model, ...(evidence === undefined ? {} : { evidence: evidence.cid }) },
  ]
}

function noEvidence(name: string): UserError {
  return new UserError('usage', `a card tells of rounds by their evidence, and ${name} has none`, {
    code: 'NO_EVIDENCE',
    hint: 'fednode model export  writes the model with its plan; its rounds are on the chain.',
  })
}
