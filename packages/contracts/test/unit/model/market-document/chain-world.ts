import {
  type Abi,
  type Address,
  encodeFunctionData,
  erc20Abi,
  keccak256,
  maxUint256,
  numberToHex,
  type TransactionReceipt,
  toHex,
  zeroHash,
} from 'viem'
import { meanPoolAbi } from '../../../../src/generated/mean-pool.ts'
import { scenarioAbi } from '../../../../src/generated/scenario.ts'
import {
  advanceTime,
  type ChainAccount,
  type ChainReader,
  closeRegistration,
  deployAttesterResolver,
  readBlockTime,
  setAllowed,
  settleDispute,
  sharesHash,
  signVerdict,
} from '../../../../src/index.ts'
import { localRpc } from '../../../../src/local-rpc.ts'
import { onlyEvent } from '../../../../src/only-event.ts'
import { accountOf } from '../../../support/accounts.ts'
import { createWorld, mint, newScenario, registerAs } from '../../../support/federation.ts'
import type { ExampleTerms } from './example-terms.ts'
import type { ExampleWorld, Person } from './example-world.ts'

const DIGEST = `0x${'ee'.repeat(32)}` as const
const OTHERS = ['paula', 'ivy', 'watcher'] as const
const ATTESTERS = ['attester-1', 'attester-2', 'attester-3'] as const

type Call = {
  readonly to: Address
  readonly abi: Abi
  readonly name: string
  readonly args: readonly unknown[]
}

type Stage = {
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

/** The example on a real chain: a new federation of the document's terms. */
export async function createChainWorld(
  reader: ChainReader,
  terms: ExampleTerms,
): Promise<ExampleWorld> {
  const stage = await setUp(reader, terms)
  return { ...stepsOf(stage), ...roundsOf(stage), ...readingsOf(stage) }
}

async function setUp(reader: ChainReader, terms: ExampleTerms): Promise<Stage> {
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
async function act(stage: Stage, who: Person, at: bigint, call: Call): Promise<TransactionReceipt> {
  await beAt(stage, at - 1n)
  await localRpc(stage.reader, 'evm_setNextBlockTimestamp', [numberToHex(stage.start + at)])
  const data = encodeFunctionData({ abi: call.abi, functionName: call.name, args: call.args })
  return accountFor(stage, who).wallet.transact({ to: call.to, data })
}

async function beAt({ reader, start }: Stage, at: bigint): Promise<void> {
  await advanceTime(reader, start + at)
}

function accountFor({ people }: Stage, who: Person): ChainAccount {
  const account = people.get(who)
  if (account === undefined) throw new Error(`nobody is ${who}`)
  return account
}

/** What an action pays its actor in `token`. */
async function received(
  stage: Stage,
  token: Address,
  who: Person,
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

function stepsOf(
  stage: Stage,
): Pick<ExampleWorld, 'openMarket' | 'swap' | 'claim' | 'claimLp' | 'registerLate' | 'listClient'> {
  const { scenario, pool, currency, tokens } = stage
  const tokenAt = (place: number): Address =>
    place === 0 ? currency : (tokens[place - 1] ?? currency)
  return {
    openMarket: async (who, at) => {
      await act(stage, who, at, { to: scenario, abi: scenarioAbi, name: 'openMarket', args: [] })
    },
    swap: (who, { tokenIn, tokenOut, amountIn }, at) => {
      const { address } = accountFor(stage, who)
      const args = [tokenAt(tokenIn), tokenAt(tokenOut), amountIn, 0n, address, maxUint256]
      const call = { to: pool, abi: meanPoolAbi, name: 'swapExactIn', args }
      return received(stage, tokenAt(tokenOut), who, () => act(stage, who, at, call))
    },
    claim: (who, index, at) => {
      const args = [[index], accountFor(stage, who).address]
      const call = { to: scenario, abi: scenarioAbi, name: 'claim', args }
      return received(stage, currency, who, () => act(stage, who, at, call))
    },
    claimLp: (who, at) => {
      const args = [accountFor(stage, who).address]
      const call = { to: pool, abi: meanPoolAbi, name: 'claimLp', args }
      return received(stage, currency, who, () => act(stage, who, at, call))
    },
    registerLate: async (who, at) => {
      stage.people.set(who, await accountOf(stage.reader, who))
      const args = [who, keccak256(toHex(`${who} peer`)), `0x${'01'.repeat(64)}`]
      await act(stage, who, at, { to: scenario, abi: scenarioAbi, name: 'register', args })
    },
    listClient: async (at) => {
      await act(stage, 'federator', at, {
        to: scenario,
        abi: scenarioAbi,
        name: 'listClient',
        args: [],
      })
    },
  }
}

function roundsOf(
  stage: Stage,
): Pick<
  ExampleWorld,
  'fundRound' | 'assertRound' | 'dispute' | 'resolve' | 'finalize' | 'withdrawBond'
> {
  const { reader, scenario, currency, resolver } = stage
  const call = (name: string, args: readonly unknown[]): Call => ({
    to: scenario,
    abi: scenarioAbi,
    name,
    args,
  })
  const asNumbers = (shares: readonly bigint[]): number[] => shares.map(Number)
  const ofScenario = { address: scenario, abi: scenarioAbi } as const
  let anchored = zeroHash as `0x${string}`
  return {
    fundRound: async (round, amount, at) => {
      await act(stage, 'federator', at, call('fundRound', [round, amount]))
    },
    assertRound: async (round, shares, at) => {
      anchored = sharesHash({ chainId: reader.chainId, scenario, round, shares: asNumbers(shares) })
      const args = [round, anchored, DIGEST, DIGEST]
      const receipt = await act(stage, 'federator', at, call('assertRound', args))
      return onlyEvent(receipt, { ...ofScenario, eventName: 'RoundAsserted' }).bond
    },
    dispute: async (who, round, at) => {
      const receipt = await act(stage, who, at, call('dispute', [round, DIGEST]))
      return onlyEvent(receipt, { ...ofScenario, eventName: 'RoundDisputed' }).bond
    },
    resolve: async (round, upheld, at) => {
      await beAt(stage, at)
      const decision = { resolver, scenario, round, upheld, sharesHash: anchored }
      const attesters = await Promise.all(ATTESTERS.slice(1).map((name) => accountOf(reader, name)))
      const verdicts = await Promise.all(
        attesters.map((attester) => signVerdict(attester, decision)),
      )
      const { award, toPot } = await settleDispute(accountFor(stage, 'ivy'), {
        ...decision,
        verdicts,
      })
      return { award, toPot }
    },
    finalize: async (round, shares, at) => {
      await act(stage, 'federator', at, call('finalize', [round, asNumbers(shares), 1_000]))
    },
    withdrawBond: (who, at) =>
      received(stage, currency, who, () => act(stage, who, at, call('withdrawBond', []))),
  }
}

type Readings = Pick<
  ExampleWorld,
  | 'lpShares'
  | 'lpSupply'
  | 'balances'
  | 'weights'
  | 'price'
  | 'owed'
  | 'lpOwed'
  | 'poolOwed'
  | 'potOf'
  | 'scheduledPot'
  | 'assertionBond'
>

function readingsOf(stage: Stage): Readings {
  const { reader, tokens } = stage
  const ofPool = { address: stage.pool, abi: meanPoolAbi } as const
  const ofScenario = { address: stage.scenario, abi: scenarioAbi } as const
  const { public: chain } = reader
  const addressOf = (who: Person): Address => accountFor(stage, who).address
  return {
    lpShares: (who) =>
      chain.readContract({ ...ofPool, functionName: 'balanceOf', args: [addressOf(who)] }),
    lpSupply: () => chain.readContract({ ...ofPool, functionName: 'totalSupply' }),
    balances: () => chain.readContract({ ...ofPool, functionName: 'balances' }),
    weights: () => chain.readContract({ ...ofPool, functionName: 'weights' }),
    price: async (index) => {
      if (tokens[index] === undefined) {
        tokens[index] = (
          await chain.readContract({ ...ofScenario, functionName: 'clientAt', args: [index] })
        ).token
      }
      return chain.readContract({ ...ofPool, functionName: 'spotPrice', args: [tokens[index]] })
    },
    owed: async (who, index, at) => {
      await beAt(stage, at)
      return chain.readContract({
        ...ofScenario,
        functionName: 'owed',
        args: [index, addressOf(who)],
      })
    },
    lpOwed: async (who, at) => {
      await beAt(stage, at)
      return chain.readContract({ ...ofPool, functionName: 'lpOwed', args: [addressOf(who)] })
    },
    poolOwed: async (at) => {
      await beAt(stage, at)
      return chain.readContract({ ...ofScenario, functionName: 'poolOwed' })
    },
    potOf: (round) => chain.readContract({ ...ofScenario, functionName: 'potOf', args: [round] }),
    scheduledPot: (round) =>
      chain.readContract({ ...ofScenario, functionName: 'scheduledPot', args: [round] }),
    assertionBond: () => chain.readContract({ ...ofScenario, functionName: 'assertionBond' }),
  }
}
