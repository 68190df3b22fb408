import type { PeerKey } from '@fednode/protocol'

/** Key file of the libp2p peer, in the data directory. */
export const PEER_KEY_FILE = 'peer.key'
/** Key file of the EVM account, in the data directory. */
export const ACCOUNT_KEY_FILE = 'account.key'

/** Who a participant is. Printing it shows no secret (T41). */
export type Identity = {
  readonly directory: string
  readonly peerKey: PeerKey
  /** Address of the EVM account, lower-case. */
  readonly account: `0x${string}`
  /** 0x-hex of the account's secret, for connectAccount; never for a log. */
  exportPrivateKey(): `0x${string}`
}
