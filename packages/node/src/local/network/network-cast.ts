import {
  type ChainAccount,
  connectAccount,
  type Network,
  ONE_TOKEN,
  readNetwork,
  setBalance,
  transferToken,
} from '@fednode/contracts'
import type { Hex } from 'viem'
import { generatePrivateKey } from 'viem/accounts'
import { deployLocalNetwork } from '../../chain/local-network.ts'
import { createIdentity } from '../../identity/create-identity.ts'
import type { RunDirectory } from '../run-directory.ts'
import type { NetworkPlan, PlannedNode } from './network-plan.ts'

/** Native coin of each account, in wei: far more than any run burns. */
const GAS_MONEY = 10n ** 21n
/** What everybody who runs a node begins with, in FDN: stake, registration fee and a rest. */
export const PURSE = 12_000n * ONE_TOKEN

/** Who holds votes, how many, and how it will vote. */
export const HOLDERS = [
  { name: 'holder-a', tokens: 3_000_000n * ONE_TOKEN, vote: 'for' },
  { name: 'holder-b', tokens: 2_000_000n * ONE_TOKEN, vote: 'for' },
  { name: 'holder-c', tokens: 1_500_000n * ONE_TOKEN, vote: 'against' },
] as const

/** A local chain with a network on it, and everybody who acts there. */
export type NetworkCast = {
  readonly rpcUrl: string
  readonly network: Network
  /** Deployed the network, founds task and alliance, pays for both. */
  readonly founder: ChainAccount
  readonly holders: readonly ((typeof HOLDERS)[number] & { readonly account: ChainAccount })[]
  readonly nodes: readonly (PlannedNode & { readonly account: ChainAccount })[]
  /** Whose process signs the beacon. */
  readonly beaconDirectory: string
}

/** Deploys a network from a new key, makes keys for everybody and gives each what it needs. */
export async function createNetworkCast(
  rpcUrl: string,
  { plan, directory }: { readonly plan: NetworkPlan; readonly directory: RunDirectory },
): Promise<NetworkCast> {
  const open = async (privateKey: Hex): Promise<ChainAccount> => {
    const account = await connectAccount({ rpcUrl, privateKey })
    await setBalance(account, { address: account.address, amount: GAS_MONEY })
    return account
  }
  const founder = await open(generatePrivateKey())
  const network = await readNetwork(founder, { directory: await deployLocalNetwork(founder) })
  const { token } = network.contracts
  const give = ({ address: to }: ChainAccount, amount: bigint) =>
    transferToken(founder, { token, to, amount })
  const holders: NetworkCast['holders'][number][] = []
  for (const holder of HOLDERS) {
    const account = await open(generatePrivateKey())
    await give(account, holder.tokens)
    holders.push({ ...holder, account })
  }
  const nodes: NetworkCast['nodes'][number][] = []
  for (const node of plan.nodes) {
    const { identity } = await createIdentity(directory.siloOf(node.name))
    const account = await open(identity.exportPrivateKey())
    await give(account, PURSE)
    nodes.push({ ...node, account })
  }
  const beaconDirectory = directory.siloOf('beacon')
  await open((await createIdentity(beaconDirectory)).identity.exportPrivateKey())
  return { rpcUrl, network, founder, holders, nodes, beaconDirectory }
}
