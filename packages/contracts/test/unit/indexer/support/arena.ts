import {
  type Abi,
  type Address,
  type EncodeFunctionDataParameters,
  encodeFunctionData,
  erc20Abi,
  getAddress,
  type Hex,
  maxUint256,
  numberToHex,
} from 'viem'
import { localCurrencyAbi } from '../../../../src/generated/local-currency.ts'
import {
  type Anvil,
  connectChain,
  createIndexer,
  type Indexer,
  ONE_TOKEN,
  type ScenarioParams,
  startAnvil,
} from '../../../../src/index.ts'
import { createWorld, newScenario, type World } from '../../../support/federation.ts'
import { rpc, rpcBatch } from './rpc.ts'

/** A transaction of an unlocked account; `what` is the function's name. */
export type ArenaCall = {
  readonly from: Address
  readonly to: Address
  readonly data: Hex
  readonly what: string
}

/** A local chain on which unlocked accounts act in batches, one block each. */
export type Arena = {
  readonly anvil: Anvil
  readonly world: World
  readonly scenario: Address
  readonly pool: Address
  /** Ten rich ones. */
  readonly accounts: readonly Address[]
  readonly resolver: Address
  readonly guardian: Address
  readonly indexer: Indexer
  /** Mines these calls in one block `seconds` after the last; says which went through. */
  mine(calls: readonly ArenaCall[], seconds: number): Promise<readonly boolean[]>
  now(): bigint
  stop(): Promise<void>
}

/** Where the index is kept, and when the chain begins (Unix seconds). */
export type ArenaPlaces = { readonly file: string; readonly genesisTime: number }

const GENESIS_TIME = 1_700_000_000
/** For every call: enough for the dearest of them, so that nothing has to be estimated. */
const GAS = numberToHex(12_000_000)
const BLOCK_GAS = numberToHex(1_000_000_000)
const MONEY = 1_000_000n * ONE_TOKEN

/** Starts a chain with one federation whose clients have not registered yet. */
export async function createArena(
  changes: Partial<ScenarioParams>,
  { file = ':memory:', genesisTime = GENESIS_TIME }: Partial<ArenaPlaces> = {},
): Promise<Arena> {
  const anvil = await startAnvil({ genesisTime })
  const { rpcUrl } = anvil
  const reader = await connectChain({ rpcUrl })
  const world = await createWorld(reader)
  const accounts = ((await rpc(rpcUrl, 'eth_accounts')) as Address[]).map((one) => getAddress(one))
  const [resolver, guardian] = await specialAccounts(rpcUrl)
  const bonds = { bond: 10n * ONE_TOKEN, resolver, guardian }
  const { scenario, pool, blockNumber } = await newScenario(world, { ...bonds, ...changes })
  await rpc(rpcUrl, 'anvil_impersonateAccount', [world.federator.address])
  await rpc(rpcUrl, 'evm_setBlockGasLimit', [BLOCK_GAS])
  const indexer = await createIndexer({ scenario, file, fromBlock: blockNumber }, { reader })
  await rpc(rpcUrl, 'evm_setAutomine', [false])
  const clock = { time: await latestTime(rpcUrl) }
  const mine = (calls: readonly ArenaCall[], seconds: number) =>
    mineCalls(rpcUrl, clock, { calls, seconds })
  const everyone = [...accounts, world.federator.address]
  await mine(endow(world, everyone), 1)
  await mine(
    everyone.flatMap((from) => approvals(from, { tokens: [world.currency], to: [scenario, pool] })),
    1,
  )
  const stop = async (): Promise<void> => {
    indexer.stop()
    await anvil.stop()
  }
  const now = (): bigint => BigInt(clock.time)
  return { anvil, world, scenario, pool, accounts, resolver, guardian, indexer, mine, now, stop }
}

/** Lets `to` take any amount of these tokens. */
export function approvals(
  from: Address,
  { tokens, to }: { readonly tokens: readonly Address[]; readonly to: readonly Address[] },
): ArenaCall[] {
  return tokens.flatMap((token) =>
    to.map((spender) =>
      callOf(from, token, {
        abi: erc20Abi,
        functionName: 'approve',
        args: [spender, maxUint256],
      }),
    ),
  )
}

/** A call of one contract by an account. */
export function callOf<const A extends Abi>(
  from: Address,
  to: Address,
  call: EncodeFunctionDataParameters<A>,
): ArenaCall {
  const what = String(call.functionName)
  return { from, to, what, data: encodeFunctionData(call as EncodeFunctionDataParameters) }
}

function endow({ currency, federator }: World, accounts: readonly Address[]): ArenaCall[] {
  return accounts.map((to) =>
    callOf(federator.address, currency, {
      abi: localCurrencyAbi,
      functionName: 'mint',
      args: [to, MONEY],
    }),
  )
}

async function specialAccounts(rpcUrl: string): Promise<[Address, Address]> {
  const resolver = getAddress(`0x${'a1'.repeat(20)}`)
  const guardian = getAddress(`0x${'b2'.repeat(20)}`)
  // A resolver has to be a contract; what this one decides is in the test's hand.
  await rpc(rpcUrl, 'anvil_setCode', [resolver, '0x00'])
  for (const account of [resolver, guardian]) {
    await rpc(rpcUrl, 'anvil_impersonateAccount', [account])
    await rpc(rpcUrl, 'anvil_setBalance', [account, numberToHex(10n ** 20n)])
  }
  return [resolver, guardian]
}

async function latestTime(rpcUrl: string): Promise<number> {
  const block = (await rpc(rpcUrl, 'eth_getBlockByNumber', ['latest', false])) as {
    timestamp: Hex
  }
  return Number(block.timestamp)
}

async function mineCalls(
  rpcUrl: string,
  clock: { time: number },
  { calls, seconds }: { readonly calls: readonly ArenaCall[]; readonly seconds: number },
): Promise<readonly boolean[]> {
  clock.time += seconds
  const hashes = await rpcBatch(
    rpcUrl,
    calls.map(({ from, to, data }) => ({
      method: 'eth_sendTransaction',
      params: [{ from, to, data, gas: GAS }],
    })),
  )
  await rpc(rpcUrl, 'evm_setNextBlockTimestamp', [numberToHex(clock.time)])
  await rpc(rpcUrl, 'evm_mine')
  const receipts = (await rpcBatch(
    rpcUrl,
    hashes.map((hash) => ({ method: 'eth_getTransactionReceipt', params: [hash] })),
  )) as ({ status: Hex } | null)[]
  return receipts.map((receipt) => receipt?.status === '0x1')
}
