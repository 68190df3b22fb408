import type { Cid, PeerIdText } from '@fednode/protocol'

/** Who has asked for which blob: at the end the aggregator stays until everybody had the chance to take the last model. */
export type MemberWatch = {
  saw(peer: PeerIdText, cid: Cid): void
  hasAsked(peer: PeerIdText, cid: Cid): boolean
}

export function createMemberWatch(): MemberWatch {
  const lastAsked = new Map<PeerIdText, Cid>()
  return {
    saw: (peer, cid) => {
      lastAsked.set(peer, cid)
    },
    hasAsked: (peer, cid) => lastAsked.get(peer) === cid,
  }
}
