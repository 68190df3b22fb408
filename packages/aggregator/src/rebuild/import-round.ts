import {
  type BlobRef,
  decodeWeights,
  digestOfCid,
  fromPico,
  openSignedMessage,
  type SiloName,
} from '@fednode/protocol'
import { potOf } from '../coordinator/pot-of.ts'
import { roundOpenIn } from '../evidence/check-randomness.ts'
import { decodeCoalitions } from '../evidence/coalition-bytes.ts'
import type { Evidence } from '../evidence/evidence.ts'
import type { ChainWork } from '../journal/chain-task.ts'
import type { AssessedRound } from '../journal/round-record.ts'
import type { OpenRound } from '../journal/rounds.ts'
import type { JournaledUpdate } from '../journal/updates.ts'
import type { FoundRound } from './find-rounds.ts'
import { contradiction } from './rebuild-error.ts'
import type { RebuildParts } from './rebuild-parts.ts'

/** Nobody knows any more how long a rebuilt round took. */
const NO_SECONDS = { train: 0, transfer: 0, aggregate: 0, assess: 0 }

/** Writes a checked round, of which everything is in the store, into the journal: as its own aggregator would have left it. */
export async function importRound(found: FoundRound, parts: RebuildParts): Promise<void> {
  const { evidence } = found
  const settlement = parts.settlements.find(({ round }) => round === evidence.round)
  parts.journal.importRound({
    open: openingOf(evidence),
    updates: evidence.silos.map(updateOf),
    record: await recordOf(found, parts),
    work: parts.anchoring(workOf(found, parts)),
    term: evidence.term,
    ...(settlement === undefined ? {} : { settlement }),
  })
}

function openingOf(evidence: Evidence): OpenRound {
  const open = roundOpenIn(evidence)
  if (open === undefined) throw contradiction(evidence.round, 'its opening cannot be read')
  const { round, base, reveal } = evidence
  const { sentAt: openedAt, deadline, block, sample } = open
  return {
    round,
    state: 'open',
    base,
    openedAt,
    deadline,
    reveal,
    block,
    ...(sample && { sample }),
  }
}

function updateOf(entry: Evidence['silos'][number]): JournaledUpdate {
  const { silo, update, samples, announcement, receipt } = entry
  const opened = openSignedMessage(announcement)
  const told =
    opened.ok && opened.signed.message.type === 'update-ready' ? opened.signed.message : undefined
  const { trainMs = 0, lossMicros = 0 } = told ?? {}
  return { silo, update, samples, trainMs, lossMicros, fetchMs: 0, announcement, receipt }
}

async function recordOf(
  { ref, evidence }: FoundRound,
  parts: RebuildParts,
): Promise<AssessedRound> {
  const { round, model, stateAfter, findings, voidReason } = evidence
  const [before, after] = [await measure(evidence.base, parts), await measure(model, parts)]
  const isVoid = voidReason !== undefined && voidReason !== 'NO_GAIN'
  return {
    round,
    model,
    evidence: ref,
    strategyState: [...stateAfter],
    findings: [...findings],
    metrics: after.metrics,
    loss: after.loss,
    utilityBefore: before.utility,
    utilityAfter: after.utility,
    contributions: isVoid ? [] : contributionsOf(evidence),
    seconds: NO_SECONDS,
    void: isVoid,
  }
}

async function measure(ref: BlobRef, { blobs, engine, model, manifest, validation }: RebuildParts) {
  const weights = decodeWeights(await blobs.get(ref.cid), engine.weightSpecs(model))
  return engine.evaluate(model, weights, validation, { utility: manifest.contribution.utility })
}

function contributionsOf(evidence: Evidence): AssessedRound['contributions'] {
  const { silos, valuesPico, standardErrorsPico, countedPico, shares } = evidence
  const without = utilitiesWithout(evidence)
  return silos.map(({ silo, index }, i) => ({
    silo: silo satisfies SiloName,
    shapley: fromPico(valuesPico[i] ?? 0),
    standardError: fromPico(standardErrorsPico[i] ?? 0),
    ...(without[i] === undefined ? {} : { utilityWithout: fromPico(without[i]) }),
    counted: fromPico(countedPico[i] ?? 0),
    share: shares[index] ?? 0,
  }))
}

/** Utility of the coalition of all others, for each silo of which it was measured. */
function utilitiesWithout({
  silos,
  coalitions,
  utilitiesPico,
}: Evidence): readonly (number | undefined)[] {
  const measured = decodeCoalitions(coalitions, silos.length)
  const all = (1n << BigInt(silos.length)) - 1n
  return silos.map((_, i) => {
    const at = measured.indexOf(all & ~(1n << BigInt(i)))
    return at === -1 ? undefined : utilitiesPico[at]
  })
}

function workOf({ ref, evidence }: FoundRound, { manifest }: RebuildParts): readonly ChainWork[] {
  const { round, shares, model, voidReason } = evidence
  const amountWei = potOf(manifest.reward, round)
  const fund: readonly ChainWork[] =
    amountWei === 0n ? [] : [{ step: 'fund', amountWei: amountWei.toString() }]
  if (voidReason !== undefined && voidReason !== 'NO_GAIN') return [...fund, { step: 'void' }]
  const [evidenceDigest, modelDigest] = [digestOfCid(ref.cid), digestOfCid(model.cid)]
  return [
    ...fund,
    { step: 'assert', shares, evidenceDigest, modelDigest },
    { step: 'finalize', shares },
  ]
}
