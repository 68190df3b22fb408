import {
  type Anvil,
  type ChainAccount,
  connectAccount,
  connectChain,
  createScenario,
  deployLocalCurrency,
  deployOrchestrator,
  type ScenarioParams,
  setBalance,
  startAnvil,
} from '@fednode/contracts'
import { type ChainManifest, cidOfBytes, encodeManifest } from '@fednode/protocol'
import { type Address, keccak256, toHex } from 'viem'
import { privateKeyToAddress } from 'viem/accounts'
import { draftManifest } from '../../../src/plan/draft-manifest.ts'
import { prepareResolver } from '../../../src/plan/prepare-resolver.ts'
import { scenarioParams } from '../../../src/plan/scenario-params.ts'

/** A manifest without any of the optional terms. */
export const PLAIN: ChainManifest = draftManifest({
  name: 'hearts',
  data: {
    kind: 'table',
    columns: [{ name: 'age', type: 'integer' }],
    label: { column: 'ill', classes: ['no', 'yes'] },
    missingRows: 'drop',
  },
  validation: cidOfBytes(Uint8Array.of(1)),
  rounds: 5,
  strategy: 'fedavg',
  estimator: 'auto',
  utility: 'negative-loss',
  minSilos: 2,
  maxSilos: 4,
  hidden: [],
  deadlineSeconds: 60,
  registrationSeconds: 3_600,
  reward: '100.5',
  market: '1000',
  seed: 7,
})

/** A chain with an Orchestrator and a currency on it. */
export type ScenarioWorld = {
  readonly anvil: Anvil
  readonly federator: ChainAccount
  readonly orchestrator: Address
  readonly currency: Address
  /** A funded account of its own, the same in every run. */
  accountOf(who: string): Promise<ChainAccount>
}

export async function startScenarioWorld(): Promise<ScenarioWorld> {
  const anvil = await startAnvil()
  const { rpcUrl } = anvil
  const reader = await connectChain({ rpcUrl })
  const accountOf = async (who: string): Promise<ChainAccount> => {
    const privateKey = keccak256(toHex(`node test account ${who}`))
    const address = privateKeyToAddress(privateKey)
    await setBalance(reader, { address, amount: 10n ** 20n })
    return connectAccount({ rpcUrl, privateKey })
  }
  const federator = await accountOf('federator')
  const { address: currency } = await deployLocalCurrency(federator)
  const { address: orchestrator } = await deployOrchestrator(federator, { minChallengeWindow: 0 })
  return { anvil, federator, orchestrator, currency, accountOf }
}

/** Puts a manifest on chain, with parameters that may be others than it says. */
export async function createAs(
  federator: ChainAccount,
  world: ScenarioWorld,
  {
    manifest,
    lies = {},
  }: { readonly manifest: ChainManifest; readonly lies?: Partial<ScenarioParams> },
) {
  const { orchestrator, currency } = world
  const { resolver } = await prepareResolver(federator, manifest)
  const { timestamp } = await federator.public.getBlock()
  const peerKey = new Uint8Array(32).fill(7)
  const facts = { currency, peerKey, now: timestamp, resolver }
  const params = { ...scenarioParams(manifest, facts), ...lies }
  const { bytes } = encodeManifest(manifest)
  return createScenario(federator, { orchestrator, params, manifest: bytes, endpoint: '' })
}
