import type { PeerIdText } from '../ids.ts'
import { MAX_PEER_RECORDS } from './network-limits.ts'

/** Where a member says that it can be reached: multiaddrs with /p2p/ suffix. */
export type MemberAddresses = {
  readonly peer: PeerIdText
  readonly addresses: readonly string[]
}

/** Addresses of members that others told, newest per member; hints only, identity is proven by whoever answers there (T13). */
export type AddressBook = {
  /** Strangers, and members without an address, are not kept. */
  add(found: MemberAddresses): Promise<void>
  get(peer: PeerIdText): MemberAddresses | undefined
  all(): readonly MemberAddresses[]
  forget(peer: PeerIdText): void
}

/** Holds MAX_PEER_RECORDS members at most. */
export function createAddressBook(
  isMember: (peer: PeerIdText) => boolean | Promise<boolean>,
): AddressBook {
  const known = new Map<PeerIdText, MemberAddresses>()
  async function isKnownMember(peer: PeerIdText): Promise<boolean> {
    try {
      return await isMember(peer)
    } catch {
      // A registry that cannot be asked knows nobody.
      return false
    }
  }
  return {
    async add(found) {
      if (found.addresses.length === 0 || !(await isKnownMember(found.peer))) return
      if (known.has(found.peer) || known.size < MAX_PEER_RECORDS) known.set(found.peer, found)
    },
    get: (peer) => known.get(peer),
    all: () => [...known.values()],
    forget: (peer) => void known.delete(peer),
  }
}
