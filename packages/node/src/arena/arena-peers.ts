import { type ChainReader, readTaskPeers } from '@fednode/contracts'
import { type AddressText, type Logger, type PeerIdText, taskScope } from '@fednode/protocol'
import { type BoundMember, createStakedPeers, type StakedPeers } from '../voting/staked-peers.ts'

/** Who takes part in a task of the arena, as the chain says. */
export type ArenaPeers = Pick<StakedPeers<BoundMember>, 'peerOf' | 'isMember'> & {
  isValidator(peer: PeerIdText): boolean
}

/** Which task, and from which block on its members may have joined. */
export type ArenaPeersOptions = {
  readonly registry: AddressText
  readonly task: bigint
  readonly fromBlock: bigint
  readonly logger: Pick<Logger, 'warn'>
}

/** Reads who takes part and keeps it. @throws {ChainError} when the first look fails. */
export async function createArenaPeers(
  reader: ChainReader,
  { logger, ...place }: ArenaPeersOptions,
): Promise<ArenaPeers> {
  const peers = await createStakedPeers({
    read: () => readTaskPeers(reader, place),
    chainId: reader.chainId,
    scope: taskScope(place.task),
    logger,
  })
  return { ...peers, isValidator: (peer) => peers.find(peer)?.role === 'validator' }
}
