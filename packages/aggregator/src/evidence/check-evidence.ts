import { type Message, openSignedMessage, type PeerIdText, type SiloName } from '@fednode/protocol'
import type { Evidence } from './evidence.ts'
import { recomputeShares } from './recompute-shares.ts'

/** One thing in a bundle that does not hold; `code` is stable. */
export type EvidenceFault = {
  readonly code:
    | 'SILOS_UNSORTED'
    | 'BAD_INDEX'
    | 'BAD_ANNOUNCEMENT'
    | 'BAD_RECEIPT'
    | 'UTILITIES_INCOMPLETE'
    | 'WRONG_VALUES'
    | 'WRONG_SHARES'
  readonly silo?: SiloName
}

/** Who may have signed what, from the registry. */
export type EvidenceSigners = {
  readonly federator: PeerIdText
  peerOf(silo: SiloName): PeerIdText | undefined
}

/**
 * Checks a bundle against itself and the registry, without touching a model: every update was announced by its silo and receipted by
 * the federator for this very round, and values and shares follow from the stated utilities (T35).
 * @returns what does not hold; empty when all does.
 */
export function checkEvidence(
  evidence: Evidence,
  signers: EvidenceSigners,
): readonly EvidenceFault[] {
  return [
    ...checkOrder(evidence),
    ...evidence.silos.flatMap((silo) => checkEnvelopes(evidence, silo, signers)),
    ...checkNumbers(evidence),
  ]
}

function checkOrder({ silos, shares }: Evidence): EvidenceFault[] {
  const isSorted = silos.every(({ silo }, i) => i === 0 || (silos[i - 1]?.silo ?? '') < silo)
  const indexes = new Set(silos.map(({ index }) => index))
  const isIndexed = indexes.size === silos.length && silos.every((s) => s.index < shares.length)
  return [
    ...(isSorted ? [] : [{ code: 'SILOS_UNSORTED' } as const]),
    ...(isIndexed ? [] : [{ code: 'BAD_INDEX' } as const]),
  ]
}

function checkEnvelopes(
  evidence: Evidence,
  entry: Evidence['silos'][number],
  signers: EvidenceSigners,
): EvidenceFault[] {
  const { silo, update, samples } = entry
  const announcement = open(entry.announcement, evidence)
  const isAnnounced =
    announcement?.message.type === 'update-ready' &&
    announcement.sender === signers.peerOf(silo) &&
    announcement.message.silo === silo &&
    announcement.message.base === evidence.base.cid &&
    announcement.message.update.cid === update.cid &&
    announcement.message.samples === samples
  const receipt = open(entry.receipt, evidence)
  const isReceipted =
    receipt?.message.type === 'receipt' &&
    receipt.sender === signers.federator &&
    receipt.message.silo === silo &&
    receipt.message.update === update.cid &&
    receipt.message.accepted
  return [
    ...(isAnnounced ? [] : [{ code: 'BAD_ANNOUNCEMENT', silo } as const]),
    ...(isReceipted ? [] : [{ code: 'BAD_RECEIPT', silo } as const]),
  ]
}

/** Opens an envelope of this round; undefined when it is of another one or does not verify. */
function open(
  bytes: Uint8Array,
  { chainId, scenario, round }: Evidence,
): { readonly message: Message; readonly sender: PeerIdText } | undefined {
  const opened = openSignedMessage(bytes)
  if (!opened.ok) return undefined
  const { message } = opened.signed
  const isHere =
    message.chainId === chainId && message.scenario === scenario && message.round === round
  return isHere ? opened.signed : undefined
}

function checkNumbers(evidence: Evidence): EvidenceFault[] {
  const expected = evidence.voidReason === undefined ? 2 ** evidence.silos.length : 0
  if (evidence.utilitiesPico.length !== expected) return [{ code: 'UTILITIES_INCOMPLETE' }]
  const { shapleyPico, shares } = recomputeShares(evidence)
  return [
    ...(sameNumbers(shapleyPico, evidence.shapleyPico) ? [] : [{ code: 'WRONG_VALUES' } as const]),
    ...(sameNumbers(shares, evidence.shares) ? [] : [{ code: 'WRONG_SHARES' } as const]),
  ]
}

function sameNumbers(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((value, i) => value === b[i])
}
