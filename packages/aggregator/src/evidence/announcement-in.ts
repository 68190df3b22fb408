import type { SiloName, UpdateReady } from '@fednode/protocol'
import type { Evidence } from './evidence.ts'
import { openEnvelope } from './open-envelope.ts'

/** What a silo announced of its update, as it is in a bundle; undefined when there is none of this round. Whose signature it has is checked by checkEvidence. */
export function announcementIn(evidence: Evidence, silo: SiloName): UpdateReady | undefined {
  const entry = evidence.silos.find((one) => one.silo === silo)
  const message = entry && openEnvelope(entry.announcement, evidence)?.message
  return message?.type === 'update-ready' && message.silo === silo ? message : undefined
}
