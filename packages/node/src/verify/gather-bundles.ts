import {
  type Evidence,
  EvidenceError,
  MAX_EVIDENCE_BYTES,
  parseEvidence,
} from '@fednode/aggregator'
import { BlobError, type BlobRef, type Round } from '@fednode/protocol'
import type { BlobSource } from './blob-source.ts'

/** A round's evidence as it was found, or why there is none. */
export type Bundle =
  | { readonly ref: BlobRef; readonly evidence: Evidence }
  | { readonly ref: BlobRef; readonly missing: BlobError | EvidenceError }

/**
 * Gets the bundles of all rounds from `first` on: those that are known here, and from the newest one backwards those that each names as
 * the one before. Every byte is parsed before it is used; a bundle that calls itself another round is none of this one.
 */
export async function gatherBundles(
  source: BlobSource,
  options: {
    readonly known: ReadonlyMap<Round, BlobRef>
    readonly first: Round
    onBundle(round: Round): void
  },
): Promise<ReadonlyMap<Round, Bundle>> {
  const { known, first, onBundle } = options
  const bundles = new Map<Round, Bundle>()
  const newest = await newestOf(source, known)
  let next = newest?.ref
  for (let round = newest?.round ?? 0; round >= first; round--) {
    const ref = known.get(round) ?? next
    if (ref === undefined) continue
    const bundle = await read(source, ref, round)
    bundles.set(round, bundle)
    onBundle(round)
    next = 'evidence' in bundle ? bundle.evidence.previous : undefined
  }
  return bundles
}

async function newestOf(
  source: BlobSource,
  known: ReadonlyMap<Round, BlobRef>,
): Promise<{ readonly round: Round; readonly ref: BlobRef } | undefined> {
  const round = Math.max(0, ...known.keys())
  const told = await source.latest()
  if (told !== undefined) {
    const bundle = await read(source, told)
    // Whoever tells of an old round as the newest hides none that is known here.
    if ('evidence' in bundle && bundle.evidence.round >= round) {
      return { round: bundle.evidence.round, ref: told }
    }
  }
  const ref = known.get(round)
  return ref === undefined ? undefined : { round, ref }
}

async function read(source: BlobSource, ref: BlobRef, round?: Round): Promise<Bundle> {
  if (ref.size > MAX_EVIDENCE_BYTES) return { ref, missing: tooLarge(ref) }
  try {
    const evidence = parseEvidence(await source.get(ref))
    if (round !== undefined && evidence.round !== round) {
      const reason = `it is of round ${evidence.round}`
      const message = `not the evidence of round ${round}: ${reason}`
      return { ref, missing: new EvidenceError(message, { code: 'EVIDENCE_MALFORMED', reason }) }
    }
    return { ref, evidence }
  } catch (error) {
    if (error instanceof BlobError || error instanceof EvidenceError) return { ref, missing: error }
    throw error
  }
}

/** Not asked for (T8). */
function tooLarge({ size }: BlobRef): EvidenceError {
  const limit = MAX_EVIDENCE_BYTES
  const message = `an evidence bundle of ${size} bytes, at most ${limit} are read`
  return new EvidenceError(message, { code: 'EVIDENCE_TOO_LARGE', size, limit })
}
