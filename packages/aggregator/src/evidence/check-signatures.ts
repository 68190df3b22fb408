import type { EvidenceSigners } from './check-evidence.ts'
import type { Evidence } from './evidence.ts'
import type { EvidenceFault } from './evidence-fault.ts'
import { openEnvelope } from './open-envelope.ts'

type SiloEntry = Evidence['silos'][number]

/** Whether the federator opened this round, and each silo's update was announced by it and receipted by the federator (T2, T35). */
export function checkSignatures(evidence: Evidence, signers: EvidenceSigners): EvidenceFault[] {
  return [
    ...(isOpened(evidence, signers) ? [] : [{ code: 'BAD_ROUND_OPEN' } as const]),
    ...evidence.silos.flatMap((entry) => checkSilo(evidence, entry, signers)),
  ]
}

function isOpened(evidence: Evidence, { federator }: EvidenceSigners): boolean {
  const { message, sender } = openEnvelope(evidence.roundOpen, evidence) ?? {}
  return (
    message?.type === 'round-open' &&
    sender === federator &&
    message.manifest === evidence.manifest &&
    message.model.cid === evidence.base.cid &&
    message.model.size === evidence.base.size
  )
}

function checkSilo(
  evidence: Evidence,
  entry: SiloEntry,
  signers: EvidenceSigners,
): EvidenceFault[] {
  const { silo } = entry
  return [
    ...(isAnnounced(evidence, entry, signers) ? [] : [{ code: 'BAD_ANNOUNCEMENT', silo } as const]),
    ...(isReceipted(evidence, entry, signers) ? [] : [{ code: 'BAD_RECEIPT', silo } as const]),
  ]
}

function isAnnounced(evidence: Evidence, entry: SiloEntry, signers: EvidenceSigners): boolean {
  const { silo, update, samples } = entry
  const { message, sender } = openEnvelope(entry.announcement, evidence) ?? {}
  return (
    message?.type === 'update-ready' &&
    sender === signers.memberOf(silo)?.peerId &&
    message.silo === silo &&
    message.base === evidence.base.cid &&
    message.update.cid === update.cid &&
    message.update.size === update.size &&
    message.samples === samples
  )
}

function isReceipted(evidence: Evidence, entry: SiloEntry, signers: EvidenceSigners): boolean {
  const { silo, update } = entry
  const { message, sender } = openEnvelope(entry.receipt, evidence) ?? {}
  return (
    message?.type === 'receipt' &&
    sender === signers.federator &&
    message.silo === silo &&
    message.update === update.cid &&
    message.accepted
  )
}
