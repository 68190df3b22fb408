import {
  type ChainAccount,
  closeRegistration,
  connectAccount,
  createScenario,
  ONE_TOKEN,
  openMarket,
  readBlockTime,
  readPortfolio,
  register,
  type ScenarioParams,
} from '@fednode/contracts'
import { keccak256, toHex, zeroAddress } from 'viem'
import { LOCAL_CURRENCY, LOCAL_ORCHESTRATOR } from '../../../src/chain/local-deployment.ts'
import { loadIdentity } from '../../../src/identity/load-identity.ts'
import type { LocalWorld } from './local-world.ts'

/** The account of a participant's data directory. */
export async function accountOf(world: LocalWorld, name: string): Promise<ChainAccount> {
  const identity = await loadIdentity(world.path(name))
  return connectAccount({ rpcUrl: world.rpc, privateKey: identity.exportPrivateKey() })
}

/** The same with its market open. */
export async function marketScenario(
  world: LocalWorld,
  silos: readonly string[],
  changes: Partial<ScenarioParams> = {},
): Promise<`0x${string}`> {
  const scenario = await unopenedScenario(world, silos, changes)
  await openMarket(await accountOf(world, 'operator'), { scenario })
  return scenario
}

/**
 * A federation in round 1 whose market waits to be opened, put on the chain without an aggregator: `operator` is the federator,
 * `silos` are participants that register under their own names.
 */
export async function unopenedScenario(
  world: LocalWorld,
  silos: readonly string[],
  changes: Partial<ScenarioParams> = {},
): Promise<`0x${string}`> {
  const federator = await accountOf(world, 'operator')
  const { scenario } = await createScenario(federator, {
    orchestrator: LOCAL_ORCHESTRATOR,
    params: await paramsOf(federator, changes),
    manifest: new Uint8Array(40),
    endpoint: '',
  })
  for (const name of silos) {
    const account = await accountOf(world, name)
    const peerKey = keccak256(toHex(name))
    await register(account, { scenario, name, peerKey, binding: new Uint8Array(64) })
  }
  await closeRegistration(federator, { scenario })
  return scenario
}

/** Nonce and holdings of a participant: what a dry run must not change. */
export async function tracesOf(
  world: LocalWorld,
  scenario: `0x${string}`,
  name: string,
): Promise<unknown> {
  const account = await accountOf(world, name)
  const { address } = account
  const [nonce, portfolio] = await Promise.all([
    account.public.getTransactionCount({ address }),
    readPortfolio(account, { scenario, holder: address }),
  ])
  return { nonce, portfolio }
}

async function paramsOf(
  federator: ChainAccount,
  changes: Partial<ScenarioParams>,
): Promise<ScenarioParams> {
  return {
    currency: LOCAL_CURRENCY,
    federatorPeerKey: keccak256(toHex('operator')),
    minClients: 1,
    maxClients: 5,
    openRegistration: true,
    registrationDeadline: (await readBlockTime(federator)) + 86_400n,
    rounds: 3,
    roundTimeout: 3_600,
    challengeWindow: 60,
    streamWindow: 60,
    clientSupply: 1_000_000n * ONE_TOKEN,
    clientBps: 8_000,
    poolBps: 1_500,
    federatorBps: 500,
    seedCurrency: 5_000n * ONE_TOKEN,
    currencyWeight: ONE_TOKEN / 2n,
    swapFee: (3n * ONE_TOKEN) / 1_000n,
    maxIssuance: 1,
    firstPot: 0n,
    potRatio: 0n,
    bond: 0n,
    resolver: zeroAddress,
    guardian: zeroAddress,
    ...changes,
  }
}
