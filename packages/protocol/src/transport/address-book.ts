import type { PeerIdText } from '../ids.ts'
import { MAX_PEER_RECORDS } from './network-limits.ts'

/** Where a member says that it can be reached: multiaddrs with /p2p/ suffix. */
export type MemberAddresses = {
  readonly peer: PeerIdText
  readonly addresses: readonly string[]
  /** Of the record that the member signed (libp2p RFC 0003): newer ones have higher numbers; absent: nobody signed this. */
  readonly seq?: bigint
}

/**
 * Addresses of members that others told: of the newest signed record, which neither a replayed older one nor an unsigned answer replaces.
 * Hints only, identity is proven by whoever answers there (T13).
 */
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
      const last = known.get(found.peer)
      if (last === undefined && known.size >= MAX_PEER_RECORDS) return
      known.set(found.peer, last === undefined ? found : newer(last, found))
    },
    get: (peer) => known.get(peer),
    all: () => [...known.values()],
    forget: (peer) => void known.delete(peer),
  }
}

function newer(last: MemberAddresses, found: MemberAddresses): MemberAddresses {
  const lastSeq = last.seq ?? -1n
  const foundSeq = found.seq ?? -1n
  if (foundSeq !== lastSeq) return foundSeq > lastSeq ? found : last
  if (found.seq === undefined) return found
  // The same record: of whom it was heard decides which of its addresses are taken.
  return { ...found, addresses: [...new Set([...last.addresses, ...found.addresses])] }
}
