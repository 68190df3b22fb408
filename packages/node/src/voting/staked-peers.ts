import { createPacedLook } from '@fednode/contracts'
import {
  type AddressText,
  type Logger,
  type PeerIdText,
  peerIdFromPublicKey,
  verifyBinding,
} from '@fednode/protocol'

/** Who has joined with a stake, as the chain says. */
export type BoundMember = {
  readonly account: `0x${string}`
  /** ed25519 public key of its node. */
  readonly peerKey: `0x${string}`
  /** The key's signature over the membership; see signBinding. */
  readonly binding: Uint8Array
}

/** Who takes part, as the chain says: the allow-list of a network (T1). */
export type StakedPeers<Member extends BoundMember> = {
  /** Looks at the chain now. @throws {ChainError} */
  refresh(): Promise<void>
  /** The node of an account; undefined when it takes no part, or its binding does not hold (T2). */
  peerOf(account: string): PeerIdText | undefined
  /** A stranger makes it look again, at most once a second for all strangers together; while the RPC is down the last answer holds. */
  isMember(peer: PeerIdText): Promise<boolean>
  /** Whose node it is, as of the last look. */
  find(peer: PeerIdText): Member | undefined
}

/** Where the members are read, and what their bindings are for. */
export type StakedPeersSource<Member extends BoundMember> = {
  read(): Promise<readonly Member[]>
  readonly chainId: number
  readonly scope: AddressText
  readonly logger: Pick<Logger, 'warn'>
}

type Known<Member> = ReadonlyMap<string, { readonly peer: PeerIdText; readonly member: Member }>

/** Reads who takes part and keeps it. @throws {ChainError} when the first look fails. */
export async function createStakedPeers<Member extends BoundMember>(
  source: StakedPeersSource<Member>,
): Promise<StakedPeers<Member>> {
  let known = await readKnown(source)
  const looks = createPacedLook(
    async () => {
      known = await readKnown(source)
    },
    ({ code }) => source.logger.warn({ code }, 'the members could not be read; the last ones hold'),
  )

  const find = (peer: PeerIdText): Member | undefined =>
    [...known.values()].find((one) => one.peer === peer)?.member
  return {
    refresh: looks.now,
    peerOf: (account) => known.get(account.toLowerCase())?.peer,
    find,
    async isMember(peer) {
      if (find(peer) !== undefined) return true
      await looks.soon()
      return find(peer) !== undefined
    },
  }
}

async function readKnown<Member extends BoundMember>({
  read,
  chainId,
  scope: scenario,
  logger,
}: StakedPeersSource<Member>): Promise<Known<Member>> {
  const known = new Map<string, { readonly peer: PeerIdText; readonly member: Member }>()
  for (const member of await read()) {
    const { account, peerKey, binding } = member
    const publicKey = Buffer.from(peerKey.slice(2), 'hex')
    if (verifyBinding({ chainId, scenario, account, publicKey, binding })) {
      known.set(account.toLowerCase(), { peer: peerIdFromPublicKey(publicKey), member })
    } else {
      logger.warn({ account }, 'a member whose binding does not hold is left out')
    }
  }
  return known
}
