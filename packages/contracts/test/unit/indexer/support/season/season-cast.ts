import type { Address } from 'viem'
import {
  type Anvil,
  type ChainAccount,
  type ChainReader,
  closeRegistration,
  connectChain,
  createIndexer,
  deployAttesterResolver,
  type Indexer,
  ONE_TOKEN,
  openMarket,
  setIssuance,
  startAnvil,
} from '../../../../../src/index.ts'
import { accountOf } from '../../../../support/accounts.ts'
import {
  createWorld,
  mint,
  newScenario,
  registerAs,
  type World,
} from '../../../../support/federation.ts'
import { rpc } from '../rpc.ts'
import { createRandom, type SeededRandom } from '../seeded-random.ts'

export const SEASON_ROUNDS = 50
/** Clients of the first round, and all of them. */
export const FIRST_CLIENTS = 18
export const ALL_CLIENTS = 20
export const CHALLENGE_WINDOW = 60n
export const ROUND_TIMEOUT = 900n
export const BOND = 10n * ONE_TOKEN
export const POT = 100n * ONE_TOKEN

/** Everybody who takes part in a federation from its creation to its last wei. */
export type Season = {
  readonly anvil: Anvil
  readonly world: World
  readonly reader: ChainReader
  readonly scenario: Address
  readonly pool: Address
  readonly resolver: Address
  readonly federator: ChainAccount
  /** In index order; the last ones register late. */
  readonly clients: readonly ChainAccount[]
  readonly traders: readonly ChainAccount[]
  readonly providers: readonly ChainAccount[]
  readonly attesters: readonly ChainAccount[]
  readonly sceptic: ChainAccount
  readonly guardian: ChainAccount
  readonly indexer: Indexer
  readonly random: SeededRandom
}

/** Starts a chain, a federation with its first clients, and its market. */
export async function createSeason(file: string): Promise<Season> {
  const anvil = await startAnvil({ genesisTime: 1_700_000_000 })
  // A second per block, whatever the machine's clock does: every run has the same numbers.
  await rpc(anvil.rpcUrl, 'anvil_setBlockTimestampInterval', [1])
  const reader = await connectChain({ rpcUrl: anvil.rpcUrl })
  const world = await createWorld(reader)
  const people = await createPeople(world)
  const { attesters, guardian } = people
  const { address: resolver } = await deployAttesterResolver(world.federator, {
    attesters: attesters.map(({ address }) => address),
    threshold: 2,
  })
  const { scenario, pool, blockNumber } = await newScenario(world, {
    minClients: FIRST_CLIENTS,
    maxClients: ALL_CLIENTS,
    rounds: SEASON_ROUNDS,
    roundTimeout: Number(ROUND_TIMEOUT),
    challengeWindow: Number(CHALLENGE_WINDOW),
    maxIssuance: 2,
    firstPot: POT,
    potRatio: (ONE_TOKEN * 95n) / 100n,
    bond: BOND,
    resolver,
    guardian: guardian.address,
  })
  await openSeason(world, scenario, people.clients)
  const indexer = await createIndexer({ scenario, file, fromBlock: blockNumber }, { reader })
  const places = { anvil, world, reader, scenario, pool, resolver, federator: world.federator }
  return { ...places, ...people, indexer, random: createRandom(2_026) }
}

/** Ends the chain. */
export async function endSeason({ indexer, anvil }: Season): Promise<void> {
  indexer.stop()
  await anvil.stop()
}

async function createPeople(world: World) {
  const many = (name: string, count: number) =>
    Promise.all(Array.from({ length: count }, (_, at) => accountOf(world.reader, `${name}-${at}`)))
  const clients = await many('client', ALL_CLIENTS)
  const traders = await many('trader', 3)
  const providers = await many('provider', 3)
  const attesters = await many('attester', 3)
  const sceptic = await accountOf(world.reader, 'sceptic')
  const guardian = await accountOf(world.reader, 'guardian')
  for (const { address } of [...traders, ...providers, sceptic]) await mint(world, address)
  return { clients, traders, providers, attesters, sceptic, guardian }
}

async function openSeason(
  world: World,
  scenario: Address,
  clients: readonly ChainAccount[],
): Promise<void> {
  const { federator } = world
  const heavier = clients.filter((_, at) => at % 7 === 3).map(({ address }) => address)
  await setIssuance(federator, { scenario, accounts: heavier, weight: 2 })
  for (let at = 0; at < FIRST_CLIENTS; at += 1) {
    await registerAs(world, { scenario, name: `client-${at}` })
  }
  await closeRegistration(federator, { scenario })
  await openMarket(federator, { scenario })
}
