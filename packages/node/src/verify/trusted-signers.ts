import { type Evidence, type EvidenceSigners, roundOpenIn } from '@fednode/aggregator'
import { openSignedMessage, type PeerIdText, type SiloName } from '@fednode/protocol'

/**
 * Who may sign, when the chain is not asked: whoever signed first. That proves that one key spoke for each name in all rounds, not whose
 * key it is.
 */
export function firstSigners(bundles: readonly Evidence[]): EvidenceSigners | undefined {
  const members = new Map<SiloName, { readonly peerId: PeerIdText; readonly index: number }>()
  let federator: PeerIdText | undefined
  for (const evidence of bundles) {
    federator ??= roundOpenIn(evidence) === undefined ? undefined : senderOf(evidence.roundOpen)
    for (const { silo, index, announcement } of evidence.silos) {
      const peerId = senderOf(announcement)
      if (peerId !== undefined && !members.has(silo)) members.set(silo, { peerId, index })
    }
  }
  if (federator === undefined) return undefined
  return { federator, memberOf: (silo) => members.get(silo) }
}

function senderOf(envelope: Uint8Array): PeerIdText | undefined {
  const opened = openSignedMessage(envelope)
  return opened.ok ? opened.signed.sender : undefined
}
