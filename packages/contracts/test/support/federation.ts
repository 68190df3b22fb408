import { type Address, bytesToHex, keccak256, toHex, zeroAddress } from 'viem'
import {
  type ChainAccount,
  type ChainReader,
  createScenario,
  deployLocalCurrency,
  deployOrchestrator,
  mintLocalCurrency,
  ONE_TOKEN,
  readBlockTime,
  register,
  type ScenarioParams,
} from '../../src/index.ts'
import { accountOf } from './accounts.ts'

export const STREAM_WINDOW = 600
export const MANIFEST: Uint8Array = Uint8Array.from({ length: 1_500 }, (_, at) => (at * 31) % 256)

export type World = {
  readonly reader: ChainReader
  readonly federator: ChainAccount
  readonly currency: Address
  readonly orchestrator: Address
}

/** Deploys currency and Orchestrator and gives the federator money. */
export async function createWorld(reader: ChainReader): Promise<World> {
  const federator = await accountOf(reader, 'federator')
  const { address: currency } = await deployLocalCurrency(federator)
  const { address: orchestrator } = await deployOrchestrator(federator, { minChallengeWindow: 0 })
  await mint({ reader, federator, currency, orchestrator }, federator.address)
  return { reader, federator, currency, orchestrator }
}

export async function mint(world: World, to: Address): Promise<void> {
  const { federator, currency } = world
  await mintLocalCurrency(federator, { currency, to, amount: 100_000n * ONE_TOKEN })
}

export async function paramsOf(
  world: World,
  changes: Partial<ScenarioParams> = {},
): Promise<ScenarioParams> {
  return {
    currency: world.currency,
    federatorPeerKey: keccak256(toHex('federator peer')),
    minClients: 2,
    maxClients: 5,
    openRegistration: true,
    registrationDeadline: (await readBlockTime(world.reader)) + 86_400n,
    rounds: 3,
    roundTimeout: 3_600,
    challengeWindow: 0,
    streamWindow: STREAM_WINDOW,
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

export async function newScenario(world: World, changes: Partial<ScenarioParams> = {}) {
  return createScenario(world.federator, {
    orchestrator: world.orchestrator,
    params: await paramsOf(world, changes),
    manifest: MANIFEST,
    endpoint: '/ip4/127.0.0.1/tcp/4001',
  })
}

/** Registers a client under its name; the binding is any 64 bytes, the EVM does not check it. */
export async function registerAs(world: World, args: { scenario: Address; name: string }) {
  const { scenario, name } = args
  const account = await accountOf(world.reader, name)
  const peerKey = keccak256(toHex(`${name} peer`))
  const binding = new Uint8Array(64).fill(name.length)
  const { index, token } = await register(account, { scenario, name, peerKey, binding })
  return { account, index, token, peerKey, binding: bytesToHex(binding) }
}
