import { isDeepStrictEqual } from 'node:util'
import {
  type Abi,
  type Address,
  decodeFunctionResult,
  encodeFunctionData,
  type Hex,
  numberToHex,
} from 'viem'
import { clientTokenAbi } from '../../../../src/generated/client-token.ts'
import { meanPoolAbi } from '../../../../src/generated/mean-pool.ts'
import { scenarioAbi } from '../../../../src/generated/scenario.ts'
import type { Indexer, MarketView } from '../../../../src/index.ts'
import { rpcBatch } from './rpc.ts'

/** One view of a contract, and what the index says that it answers. */
type Expectation = {
  readonly to: Address
  readonly abi: Abi
  readonly name: string
  readonly args: readonly unknown[]
  readonly expected: unknown
}

const PHASES = ['registering', 'open', 'asserted', 'disputed', 'closed']
/** Calls of one request. */
const BATCH = 400

/** Every number of the index that is not what the contracts' views say at the same block; and how many were compared. */
export async function chainDifferences(
  rpcUrl: string,
  indexer: Indexer,
  args: { readonly accounts: readonly Address[]; readonly rounds: number },
): Promise<{ readonly compared: number; readonly differences: readonly string[] }> {
  const view = indexer.view()
  const expectations = [
    ...ofScenario(indexer, view, args),
    ...view.clients.flatMap((_, index) => ofClient(indexer, view, index)),
    ...ofPool(indexer, view),
  ]
  const differences: string[] = []
  for (let from = 0; from < expectations.length; from += BATCH) {
    const part = expectations.slice(from, from + BATCH)
    const answers = await callAll(rpcUrl, view.block, part)
    for (const [at, one] of part.entries()) {
      if (isDeepStrictEqual(answers[at], one.expected)) continue
      const call = `${one.name}(${one.args.join(', ')})`
      differences.push(`${call}: chain ${show(answers[at])}, index ${show(one.expected)}`)
    }
  }
  return { compared: expectations.length, differences }
}

function ofScenario(
  { terms }: Indexer,
  view: MarketView,
  { accounts, rounds }: { readonly accounts: readonly Address[]; readonly rounds: number },
): Expectation[] {
  const ask = asker(terms.scenario, scenarioAbi)
  const ledger = view.ledger()
  const { deposited, claimed, returned } = ledger
  return [
    ask('phase', [], PHASES.indexOf(view.phase)),
    ask('currentRound', [], view.round),
    ask('clientCount', [], view.clients.length),
    ask('activeClients', [], view.activeClients),
    ask('roundStartedAt', [], view.roundStartedAt),
    ask('finalizableAt', [], view.finalizableAt),
    ask('streamEndsAt', [], view.streamEndsAt),
    ask('pausedUntil', [], view.pausedUntil),
    ask('assertion', [], { ...view.assertion, resolvableAt: Number(view.assertion.resolvableAt) }),
    ask('totals', [], [deposited, claimed, returned]),
    ask('ledger', [], ledger),
    ask('poolOwed', [], view.poolOwed()),
    ...Array.from({ length: rounds }, (_, at) => ask('potOf', [at + 1], view.pot(at + 1))),
    ...accounts.map((account) => ask('bondCredit', [account], view.bondCredit(account))),
  ]
}

function ofClient({ terms }: Indexer, view: MarketView, index: number): Expectation[] {
  const client = view.clients[index]
  if (client === undefined) return []
  const ask = asker(client.token, clientTokenAbi)
  const askScenario = asker(terms.scenario, scenarioAbi)
  return [
    ask('totalSupply', [], client.supply),
    ask('controller', [], client.controller),
    ask('name', [], client.name),
    ...view.holders(index).flatMap((holder) => {
      const account = [view.balance(index, holder), view.correction(index, holder)]
      return [
        ask('accountOf', [holder], account),
        askScenario('owed', [index, holder], view.owed(index, holder)),
      ]
    }),
  ]
}

function ofPool({ terms }: Indexer, view: MarketView): Expectation[] {
  if (terms.pool === null) return []
  const ask = asker(terms.pool, meanPoolAbi)
  const prices = view.prices()
  const { reserves } = view
  return [
    ask('isOpen', [], reserves.length > 0),
    ask('tokens', [], addresses(reserves)),
    ask(
      'balances',
      [],
      reserves.map(({ balance }) => balance),
    ),
    ask(
      'weights',
      [],
      reserves.map(({ weight }) => weight),
    ),
    ask('totalSupply', [], view.lpSupply),
    ask('dividendsHeld', [], view.dividendsHeld()),
    ...reserves
      .slice(1)
      .flatMap(({ token, delisted }, at) => [
        ask('spotPrice', [token], prices[at]),
        ask('isDelisted', [token], delisted),
      ]),
    ...view
      .lpHolders()
      .flatMap((holder) => [
        ask('balanceOf', [holder], view.lpBalance(holder)),
        ask('lpOwed', [holder], view.lpOwed(holder)),
      ]),
  ]
}

function addresses(reserves: MarketView['reserves']): readonly Address[] {
  return reserves.map(({ token }) => token)
}

function asker(to: Address, abi: Abi) {
  return (name: string, args: readonly unknown[], expected: unknown): Expectation => ({
    to,
    abi,
    name,
    args,
    expected,
  })
}

async function callAll(
  rpcUrl: string,
  block: number,
  expectations: readonly Expectation[],
): Promise<readonly unknown[]> {
  const calls = expectations.map(({ to, abi, name, args }) => ({
    method: 'eth_call',
    params: [
      { to, data: encodeFunctionData({ abi, functionName: name, args }) },
      numberToHex(block),
    ],
  }))
  const answers = await rpcBatch(rpcUrl, calls)
  return expectations.map(({ abi, name }, at) =>
    decodeFunctionResult({ abi, functionName: name, data: answers[at] as Hex }),
  )
}

function show(value: unknown): string {
  return JSON.stringify(value, (_, inner) => (typeof inner === 'bigint' ? `${inner}` : inner))
}
