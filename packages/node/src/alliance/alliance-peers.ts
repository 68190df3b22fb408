import { setTimeout as sleep } from 'node:timers/promises'
import { type ChainReader, readAlliancePeers } from '@fednode/contracts'
import {
  type AddressText,
  allianceScope,
  FedError,
  type Logger,
  type PeerIdText,
  peerIdFromPublicKey,
  verifyBinding,
} from '@fednode/protocol'

/** Strangers make it look at the chain at most this often, in ms. */
const REFRESH_INTERVAL_MS = 1_000

/** Who takes part in an alliance, as the chain says: the allow-list of its network (T1). */
export type AlliancePeers = {
  /** Looks at the chain now. @throws {ChainError} */
  refresh(): Promise<void>
  /** The node of an account; undefined when it takes no part, or its binding does not hold (T2). */
  peerOf(account: string): PeerIdText | undefined
  /** A stranger makes it look again, at most once a second for all strangers together; while the RPC is down the last answer holds. */
  isMember(peer: PeerIdText): Promise<boolean>
  /** The same as of the last look. */
  isKnown(peer: PeerIdText): boolean
}

/** An alliance on its chain, and a block before which nothing happened there. */
type AlliancePlace = {
  readonly alliance: AddressText
  readonly id: bigint
  readonly fromBlock: bigint
}

/** Reads who takes part and keeps it. @throws {ChainError} when the first look fails. */
export async function createAlliancePeers(
  reader: ChainReader,
  options: AlliancePlace & { readonly logger: Logger },
): Promise<AlliancePeers> {
  const { logger } = options
  let peers = await readPeers(reader, options)
  let readAt = performance.now()
  let pending: Promise<void> | undefined

  async function refresh(): Promise<void> {
    peers = await readPeers(reader, options)
    readAt = performance.now()
  }

  async function refreshInTime(): Promise<void> {
    const waitMs = readAt + REFRESH_INTERVAL_MS - performance.now()
    if (waitMs > 0) await sleep(waitMs, undefined, { ref: false })
    try {
      await refresh()
    } catch (error) {
      if (!(error instanceof FedError)) throw error
      readAt = performance.now()
      logger.warn({ code: error.code }, 'the participants could not be read; the last ones hold')
    }
  }

  const isKnown = (peer: PeerIdText): boolean => [...peers.values()].includes(peer)
  return {
    refresh,
    peerOf: (account) => peers.get(account.toLowerCase()),
    isKnown,
    async isMember(peer) {
      if (isKnown(peer)) return true
      pending ??= refreshInTime().finally(() => {
        pending = undefined
      })
      await pending
      return isKnown(peer)
    },
  }
}

async function readPeers(
  reader: ChainReader,
  where: AlliancePlace & { readonly logger: Logger },
): Promise<ReadonlyMap<string, PeerIdText>> {
  const found = await readAlliancePeers(reader, where)
  const scenario = allianceScope(where.alliance, where.id)
  const { chainId } = reader
  const peers = new Map<string, PeerIdText>()
  for (const { account, peerKey, binding } of found) {
    const publicKey = Buffer.from(peerKey.slice(2), 'hex')
    if (verifyBinding({ chainId, scenario, account, publicKey, binding })) {
      peers.set(account.toLowerCase(), peerIdFromPublicKey(publicKey))
    } else {
      where.logger.warn({ account }, 'a participant whose binding does not hold is left out')
    }
  }
  return peers
}
