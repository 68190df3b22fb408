import type { ChainAccount } from '@fednode/contracts'
import { type PeerKey, UserError } from '@fednode/protocol'
import type { BoundMember, StakedPeers } from './staked-peers.ts'

/**
 * Whoever has joined with another key than the one that it has now would be a stranger to all others.
 * @throws {UserError} OTHER_PEER_KEY (refused).
 */
export function checkPeer(
  peers: Pick<StakedPeers<BoundMember>, 'peerOf'>,
  {
    account,
    peerKey,
  }: { readonly account: Pick<ChainAccount, 'address'>; readonly peerKey: PeerKey },
): void {
  const joinedAs = peers.peerOf(account.address)
  if (joinedAs === peerKey.peerId) return
  throw new UserError(
    'refused',
    `account ${account.address} has joined with another peer key (${joinedAs ?? 'one whose binding does not hold'})`,
    {
      code: 'OTHER_PEER_KEY',
      hint: 'Use the data directory that joined (--dir). An alliance can be left and joined again: fednode alliance resign.',
    },
  )
}
