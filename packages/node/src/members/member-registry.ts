import type { Member, Registry } from '@fednode/contracts'
import {
  isPeerId,
  isSiloName,
  type MemberManifest,
  type PeerIdText,
  UserError,
} from '@fednode/protocol'

/** No account and no token stand behind a member where there is no chain. */
const NOBODY = `0x${'0'.repeat(40)}` as const

/** Who belongs to a federation without a chain: its manifest's list, for good. Indexes are places in the list. */
export function createMemberRegistry({ members }: MemberManifest): Registry {
  const { aggregator, silos } = members
  const all = silos.map(memberOf)
  const federatorPeerId = peerIdOf(aggregator)
  const find = (peer: PeerIdText): Member | undefined => all.find(({ peerId }) => peerId === peer)
  return {
    refresh: async () => {},
    members: () => all,
    memberOf: find,
    ignored: () => [],
    clientCount: all.length,
    federatorPeerId,
    isMember: async (peer) => peer === federatorPeerId || find(peer) !== undefined,
    blockNumber: 0n,
  }
}

function memberOf({ name, peerId }: MemberManifest['members']['silos'][number], index: number) {
  if (!isSiloName(name)) throw badMember(name)
  return { index, name, peerId: peerIdOf(peerId), account: NOBODY, token: NOBODY }
}

function peerIdOf(text: string): PeerIdText {
  if (!isPeerId(text)) throw badMember(text)
  return text
}

/** A manifest that was checked has none. */
function badMember(text: string): UserError {
  return new UserError('refused', `"${text}" is no silo name or peer id`, { code: 'BAD_MANIFEST' })
}
