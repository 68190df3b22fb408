import { type BlobRef, cidOfBlob, digestOfCid, encodeWeights, type Round } from '@fednode/protocol'
import { checkEvidence } from '../evidence/check-evidence.ts'
import type { Evidence } from '../evidence/evidence.ts'
import { describeFault } from '../evidence/evidence-fault.ts'
import type { FoundRound } from './find-rounds.ts'
import { contradiction } from './rebuild-error.ts'
import type { RebuildParts } from './rebuild-parts.ts'

/** What a round must begin with. */
type Before = {
  readonly model: BlobRef['cid']
  readonly state: readonly { readonly name: string; readonly blob: BlobRef }[]
}

/**
 * Checks found rounds as a verifier would that has no updates: of this federation, signed by whom the registry names, continuing each
 * other, values and shares following from the utilities, and the same as the chain anchors (T35).
 * @throws {UserError} REBUILD_CONTRADICTION (refused) at the first thing that does not hold.
 */
export async function checkFound(
  rounds: readonly FoundRound[],
  parts: RebuildParts,
): Promise<void> {
  for (const [at, found] of rounds.entries()) {
    const { evidence } = found
    checkScope(evidence, parts)
    const faults = await checkEvidence(evidence, parts.signers)
    const [fault] = faults
    if (fault !== undefined) throw contradiction(evidence.round, describeFault(fault))
    checkContinues(evidence, beforeOf(rounds[at - 1]?.evidence, evidence.round, parts))
    checkAnchor(found, parts)
  }
  checkNewest(rounds.at(-1)?.evidence.round ?? parts.journal.lastClosedRound(), parts)
}

function checkScope(evidence: Evidence, parts: RebuildParts): void {
  const { chainId, scenario, manifestCid } = parts
  const isHere =
    evidence.chainId === chainId &&
    evidence.scenario === scenario &&
    evidence.manifest === manifestCid
  if (!isHere) throw contradiction(evidence.round, 'its evidence is of another federation')
}

function beforeOf(last: Evidence | undefined, round: Round, parts: RebuildParts): Before {
  if (last !== undefined) return { model: last.model.cid, state: last.stateAfter }
  const record = parts.journal.record(round - 1)
  if (record !== undefined) return { model: record.model.cid, state: record.strategyState }
  return { model: cidOfBlob(encodeWeights(parts.firstModel())), state: [] }
}

function checkContinues({ round, base, stateBefore }: Evidence, before: Before): void {
  const lines = (state: Before['state']): string =>
    state.map(({ name, blob }) => `${name} ${blob.cid}`).join()
  if (base.cid === before.model && lines(stateBefore) === lines(before.state)) return
  throw contradiction(round, `it does not begin with what round ${round - 1} left`)
}

function checkAnchor({ ref, evidence }: FoundRound, { anchors }: RebuildParts): void {
  const anchor = anchors.get(evidence.round)
  if (anchor === undefined) return
  const isSame =
    anchor.evidenceRoot.toLowerCase() === digestOfCid(ref.cid) &&
    anchor.modelDigest.toLowerCase() === digestOfCid(evidence.model.cid)
  if (!isSame) throw contradiction(evidence.round, 'the chain anchors another evidence or model')
}

/** Whoever is not there may know of more, but the chain knows what was anchored. */
function checkNewest(newest: Round, { anchors }: RebuildParts): void {
  const anchored = Math.max(0, ...anchors.keys())
  if (anchored <= newest) return
  throw contradiction(
    anchored,
    `the chain anchors it, but those who are connected know of round ${newest} at most`,
  )
}
