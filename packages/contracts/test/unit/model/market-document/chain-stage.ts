import {
  type Abi,
  type Address,
  encodeFunctionData,
  erc20Abi,
  maxUint256,
  numberToHex,
  type TransactionReceipt,
} from 'viem'
import {
  advanceTime,
  type ChainAccount,
  type ChainReader,
  closeRegistration,
  deployAttesterResolver,
  readBlockTime,
  setAllowed,
} from '../../../../src/index.ts'
import { localRpc } from '../../../../src/local-rpc.ts'
import { accountOf } from '../../../support/accounts.ts'
import { createWorld, mint, newScenario, registerAs } from '../../../support/federation.ts'
import type { ExampleTerms } from './example-terms.ts'
import type { Person } from './example-world.ts'

const OTHERS = ['paula', 'ivy', 'watcher'] as const
export const ATTESTERS = ['attester-1', 'attester-2', 'attester-3'] as const

/** Who acts, and when: seconds after the opening. */
type Doer = { readonly who: Person; readonly at: bigint }

/** One call of a contract. */
export type Call = {
  readonly to: Address
  readonly abi: Abi
  readonly name: string
  readonly args: readonly unknown[]
}

/** What the example needs on a chain. */
export type Stage = {
  readonly reader: ChainReader
  readonly scenario: Address
  readonly pool: Address
  readonly currency: Address
  readonly resolver: Address
  readonly tokens: Address[]
  readonly people: Map<Person, ChainAccount>
  /** Unix seconds of the opening. */
  readonly start: bigint
}

/** A new federation of the document's terms, its people with money and allowances, before the market opens. */
export async function setUpStage(reader: ChainReader, terms: ExampleTerms): Promise<Stage> {
  const world = await createWorld(reader)
  const attesters = await Promise.all(ATTESTERS.map((name) => accountOf(reader, name)))
  const { address: resolver } = await deployAttesterResolver(world.federator, {
    attesters: attesters.map(({ address }) => address),
    threshold: 2,
  })
  const { scenario, pool } = await newScenario(world, {
    maxClients: 3,
    rounds: 4,
    roundTimeout: 30 * 86_400,
    openRegistration: false,
    challengeWindow: Number(terms.challengeWindow),
    streamWindow: Number(terms.streamWindow),
    clientSupply: terms.clientSupply,
    clientBps: Number(terms.clientBps),
    poolBps: Number(terms.poolBps),
    federatorBps: Number(terms.federatorBps),
    seedCurrency: terms.seedCurrency,
    currencyWeight: terms.currencyWeight,
    swapFee: terms.swapFee,
    firstPot: terms.firstPot,
    potRatio: terms.potRatio,
    bond: terms.bond,
    resolver,
  })
  const hospitals = await Promise.all(
    ['north', 'south', 'west'].map((name) => accountOf(reader, name)),
  )
  const accounts = hospitals.map(({ address }) => address)
  await setAllowed(world.federator, { scenario, accounts, allowed: true })
  const people = new Map<Person, ChainAccount>([['federator', world.federator]])
  const tokens: Address[] = []
  for (const name of ['north', 'south'] as const) {
    const { account, token } = await registerAs(world, { scenario, name })
    people.set(name, account)
    tokens.push(token)
  }
  for (const who of OTHERS) {
    const account = await accountOf(reader, who)
    await mint(world, account.address)
    people.set(who, account)
  }
  await closeRegistration(world.federator, { scenario })
  for (const who of ['federator', ...OTHERS] as const) {
    for (const spender of [scenario, pool]) await approve(people.get(who), world.currency, spender)
  }
  for (const token of tokens) await approve(people.get('ivy'), token, pool)
  const start = (await readBlockTime(reader)) + 100n
  return { reader, scenario, pool, currency: world.currency, resolver, tokens, people, start }
}

async function approve(
  account: ChainAccount | undefined,
  token: Address,
  spender: Address,
): Promise<void> {
  const data = encodeFunctionData({
    abi: erc20Abi,
    functionName: 'approve',
    args: [spender, maxUint256],
  })
  await account?.wallet.transact({ to: token, data })
}

/** One transaction, mined at exactly its second. */
export async function act(
  stage: Stage,
  { who, at }: Doer,
  call: Call,
): Promise<TransactionReceipt> {
  await beAt(stage, at - 1n)
  await localRpc(stage.reader, 'evm_setNextBlockTimestamp', [numberToHex(stage.start + at)])
  const data = encodeFunctionData({ abi: call.abi, functionName: call.name, args: call.args })
  return accountFor(stage, who).wallet.transact({ to: call.to, data })
}

/** A block at that second, so that readings are of it. */
export async function beAt({ reader, start }: Stage, at: bigint): Promise<void> {
  await advanceTime(reader, start + at)
}

/** Who acts under this name. */
export function accountFor({ people }: Stage, who: Person): ChainAccount {
  const account = people.get(who)
  if (account === undefined) throw new Error(`nobody is ${who}`)
  return account
}

/** What an action pays its actor in `token`. */
export async function received(
  stage: Stage,
  { token, who }: { token: Address; who: Person },
  action: () => Promise<unknown>,
): Promise<bigint> {
  const { address } = accountFor(stage, who)
  const balance = (): Promise<bigint> =>
    stage.reader.public.readContract({
      address: token,
      abi: erc20Abi,
      functionName: 'balanceOf',
      args: [address],
    })
  const before = await balance()
  await action()
  return (await balance()) - before
}
