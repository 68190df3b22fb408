import {
  type BlobRef,
  encodeWeights,
  type Message,
  type RoundOpen,
  type RoundResult,
} from '@fednode/protocol'
import { adoptOpening } from './adopt-opening.ts'
import { adoptPreprocessing } from './adopt-preprocessing.ts'
import { checkFound } from './check-found.ts'
import { findRounds } from './find-rounds.ts'
import { importRound } from './import-round.ts'
import { obtainRound } from './obtain-round.ts'
import type { RebuildParts } from './rebuild-parts.ts'
import { rememberValues } from './remember-values.ts'

/** What a rebuild brought. */
export type RebuiltJournal = {
  /** Rounds that were added. */
  readonly rounds: number
  /** Updates of them that nobody has any more. */
  readonly missingUpdates: readonly BlobRef[]
}

/**
 * Brings a journal up to what its federation has done since, or all of it into an empty one: from what the federator signed, the evidence
 * that this names, and the chain. Every signature, digest and anchor is checked before a round is written; done again, it adds nothing.
 * @param told - statements of the federator that peers kept; their signatures were checked.
 * @throws {UserError} REBUILD_INCOMPLETE (network), REBUILD_CONTRADICTION (refused).
 */
export async function rebuildJournal(
  told: readonly Message[],
  given: RebuildParts,
): Promise<RebuiltJournal> {
  const { journal, blobs, firstModel } = given
  // The base of round 1, which follows from the manifest and the model that it starts from.
  await blobs.put(encodeWeights(firstModel()))
  const newest = newestOf(told.filter(isResult))
  const found = newest === undefined ? [] : await findRounds(newest, given)
  const parts = await adoptPreprocessing(given, { told, found })
  await checkFound(found, parts)
  const missingUpdates: BlobRef[] = []
  for (const one of found) {
    const missing = await obtainRound(one, parts)
    await importRound(one, parts)
    if (missing.length === 0) await rememberValues(one.evidence, parts)
    missingUpdates.push(...missing.map(({ ref }) => ref))
  }
  const open = newestOf(told.filter(isOpening))
  if (open !== undefined) adoptOpening(open, parts)
  const highest = Math.max(journal.term(), ...told.map(({ term }) => term))
  journal.startTerm(highest)
  return { rounds: found.length, missingUpdates }
}

/** Of one round the one of the later term: a leader that was deposed may have said something after its time. */
function newestOf<M extends Message>(messages: readonly M[]): M | undefined {
  return messages.toSorted((a, b) => a.round - b.round || a.term - b.term).at(-1)
}

function isResult(message: Message): message is RoundResult {
  return message.type === 'round-result'
}

function isOpening(message: Message): message is RoundOpen {
  return message.type === 'round-open'
}
