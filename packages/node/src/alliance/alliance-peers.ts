import { type ChainReader, readAlliancePeers } from '@fednode/contracts'
import { type AddressText, allianceScope, type Logger, type PeerIdText } from '@fednode/protocol'
import { type BoundMember, createStakedPeers, type StakedPeers } from '../voting/staked-peers.ts'

/** Who takes part in an alliance, as the chain says. */
export type AlliancePeers = Pick<StakedPeers<BoundMember>, 'refresh' | 'peerOf' | 'isMember'> & {
  /** Whether it takes part, as of the last look. */
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
  { logger, ...place }: AlliancePlace & { readonly logger: Logger },
): Promise<AlliancePeers> {
  const peers = await createStakedPeers({
    read: () => readAlliancePeers(reader, place),
    chainId: reader.chainId,
    scope: allianceScope(place.alliance, place.id),
    logger,
  })
  return { ...peers, isKnown: (peer) => peers.find(peer) !== undefined }
}
