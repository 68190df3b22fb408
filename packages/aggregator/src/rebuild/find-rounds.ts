import { type BlobRef, FedError, type Round } from '@fednode/protocol'
import { MAX_EVIDENCE_BYTES } from '../evidence/encode-evidence.ts'
import type { Evidence } from '../evidence/evidence.ts'
import { parseEvidence } from '../evidence/parse-evidence.ts'
import { contradiction, incomplete } from './rebuild-error.ts'
import type { RebuildParts } from './rebuild-parts.ts'

/** A round that the journal lacks, and its evidence. */
export type FoundRound = { readonly ref: BlobRef; readonly evidence: Evidence }

/**
 * Follows the evidence of the newest round back to the last one that the journal has.
 * @returns the rounds after that one, oldest first.
 * @throws {UserError} REBUILD_INCOMPLETE (network), REBUILD_CONTRADICTION (refused).
 */
export async function findRounds(
  newest: { readonly round: Round; readonly evidence: BlobRef },
  parts: Pick<RebuildParts, 'journal' | 'source' | 'blobs'>,
): Promise<readonly FoundRound[]> {
  const known = parts.journal.lastClosedRound()
  const found: FoundRound[] = []
  let ref: BlobRef | undefined = newest.evidence
  for (let round = newest.round; round > known; round--) {
    if (ref === undefined) throw contradiction(round, 'the evidence of the round after names none')
    const evidence = await readEvidence(ref, round, parts)
    found.push({ ref, evidence })
    ref = evidence.previous
  }
  checkJoint(ref, Math.min(newest.round, known), parts)
  return found.reverse()
}

async function readEvidence(
  ref: BlobRef,
  round: Round,
  { source, blobs }: Pick<RebuildParts, 'source' | 'blobs'>,
): Promise<Evidence> {
  if (ref.size > MAX_EVIDENCE_BYTES) throw contradiction(round, `no evidence has ${ref.size} bytes`)
  if (!(await blobs.has(ref.cid)) && !(await source.fetch(ref, 'evidence'))) {
    throw incomplete([{ round, kind: 'evidence', ref }])
  }
  try {
    const evidence = parseEvidence(await blobs.get(ref.cid))
    if (evidence.round === round) return evidence
    throw contradiction(round, `${ref.cid} is the evidence of round ${evidence.round}`)
  } catch (error) {
    if (!(error instanceof FedError) || error.code !== 'EVIDENCE_MALFORMED') throw error
    throw contradiction(round, error.message)
  }
}

/** What peers tell must continue what the journal holds, or be of another leader who went on from an older round. */
function checkJoint(
  ref: BlobRef | undefined,
  round: Round,
  { journal }: Pick<RebuildParts, 'journal'>,
): void {
  const own = journal.record(round)?.evidence.cid
  if (own === ref?.cid) return
  throw contradiction(
    round,
    `this directory has the evidence ${own ?? 'of no such round'}, the others have ${ref?.cid ?? 'none'}; move it away and rebuild into an empty one`,
  )
}
