import { type Address, keccak256, maxUint256, toHex, zeroHash } from 'viem'
import { meanPoolAbi } from '../../../../src/generated/mean-pool.ts'
import { scenarioAbi } from '../../../../src/generated/scenario.ts'
import { type ChainReader, settleDispute, sharesHash, signVerdict } from '../../../../src/index.ts'
import { onlyEvent } from '../../../../src/only-event.ts'
import { accountOf } from '../../../support/accounts.ts'
import {
  ATTESTERS,
  accountFor,
  act,
  beAt,
  type Call,
  received,
  type Stage,
  setUpStage,
} from './chain-stage.ts'
import type { ExampleTerms } from './example-terms.ts'
import type { ExampleWorld, Person } from './example-world.ts'

const DIGEST = `0x${'ee'.repeat(32)}` as const

/** The example on a real chain: a new federation of the document's terms. */
export async function createChainWorld(
  reader: ChainReader,
  terms: ExampleTerms,
): Promise<ExampleWorld> {
  const stage = await setUpStage(reader, terms)
  return { ...stepsOf(stage), ...roundsOf(stage), ...readingsOf(stage) }
}

function stepsOf(
  stage: Stage,
): Pick<ExampleWorld, 'openMarket' | 'swap' | 'claim' | 'claimLp' | 'registerLate' | 'listClient'> {
  const { scenario, pool, currency, tokens } = stage
  const tokenAt = (place: number): Address =>
    place === 0 ? currency : (tokens[place - 1] ?? currency)
  return {
    openMarket: async (who, at) => {
      await act(
        stage,
        { who, at },
        { to: scenario, abi: scenarioAbi, name: 'openMarket', args: [] },
      )
    },
    swap: (who, { tokenIn, tokenOut, amountIn }, at) => {
      const { address } = accountFor(stage, who)
      const args = [tokenAt(tokenIn), tokenAt(tokenOut), amountIn, 0n, address, maxUint256]
      const call = { to: pool, abi: meanPoolAbi, name: 'swapExactIn', args }
      return received(stage, { token: tokenAt(tokenOut), who }, () => act(stage, { who, at }, call))
    },
    claim: (who, index, at) => {
      const args = [[index], accountFor(stage, who).address]
      const call = { to: scenario, abi: scenarioAbi, name: 'claim', args }
      return received(stage, { token: currency, who }, () => act(stage, { who, at }, call))
    },
    claimLp: (who, at) => {
      const args = [accountFor(stage, who).address]
      const call = { to: pool, abi: meanPoolAbi, name: 'claimLp', args }
      return received(stage, { token: currency, who }, () => act(stage, { who, at }, call))
    },
    registerLate: async (who, at) => {
      stage.people.set(who, await accountOf(stage.reader, who))
      const args = [who, keccak256(toHex(`${who} peer`)), `0x${'01'.repeat(64)}`]
      await act(stage, { who, at }, { to: scenario, abi: scenarioAbi, name: 'register', args })
    },
    listClient: async (at) => {
      await act(
        stage,
        { who: 'federator', at },
        {
          to: scenario,
          abi: scenarioAbi,
          name: 'listClient',
          args: [],
        },
      )
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
      await act(stage, { who: 'federator', at }, call('fundRound', [round, amount]))
    },
    assertRound: async (round, shares, at) => {
      anchored = sharesHash({ chainId: reader.chainId, scenario, round, shares: asNumbers(shares) })
      const args = [round, anchored, DIGEST, DIGEST]
      const receipt = await act(stage, { who: 'federator', at }, call('assertRound', args))
      return onlyEvent(receipt, { ...ofScenario, eventName: 'RoundAsserted' }).bond
    },
    dispute: async (who, round, at) => {
      const receipt = await act(stage, { who, at }, call('dispute', [round, DIGEST]))
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
      await act(
        stage,
        { who: 'federator', at },
        call('finalize', [round, asNumbers(shares), 1_000]),
      )
    },
    withdrawBond: (who, at) =>
      received(stage, { token: currency, who }, () =>
        act(stage, { who, at }, call('withdrawBond', [])),
      ),
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
