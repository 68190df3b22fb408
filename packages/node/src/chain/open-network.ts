import { type ChainAccount, type ChainReader, type Network, readNetwork } from '@fednode/contracts'
import { UserError } from '@fednode/protocol'
import type { Context } from '../framework/context.ts'
import { connectToAct, type SignerArgs } from './connect-as.ts'
import { contractOr } from './local-deployment.ts'
import { findLocalNetwork, LOCAL_NETWORK } from './local-network.ts'
import { namingNetworkTokens } from './naming-network-tokens.ts'

/** What --network says. */
export type NetworkArgs = { readonly network: `0x${string}` | undefined }

/**
 * Finds the contracts of the network that is named, or of the local chain's.
 * @throws {UserError} MISSING_OPTION elsewhere, NO_NETWORK (chain) for a local chain without one. {ChainError} as readNetwork.
 */
export async function openNetwork(reader: ChainReader, { network }: NetworkArgs): Promise<Network> {
  const { chainId } = reader
  const directory = contractOr(network, { chainId, flag: '--network', address: LOCAL_NETWORK })
  if (network !== undefined) return readNetwork(reader, { directory })
  const local = await findLocalNetwork(reader)
  if (local !== undefined) return local
  throw new UserError('chain', 'this local chain has no network', {
    code: 'NO_NETWORK',
    hint: 'fednode chain local --network  starts one that has.',
  })
}

/** Does a job in a network as the account that the options name; what is refused calls tokens by their names. */
export async function inNetwork<T>(
  options: SignerArgs & NetworkArgs & { readonly dryRun: boolean },
  context: Context,
  job: (account: ChainAccount, network: Network) => Promise<T>,
): Promise<T> {
  const account = await connectToAct(options, context)
  try {
    const network = await openNetwork(account, options)
    return await namingNetworkTokens(network.contracts, () => job(account, network))
  } finally {
    await account.close()
  }
}
