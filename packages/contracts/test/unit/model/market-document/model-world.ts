import {
  assertionBond,
  createBondBook,
  decideDispute,
  releaseStakes,
  stakeAssertion,
  stakeDispute,
  withdrawBond,
} from '../../../../src/model/bonds.ts'
import { createFederationModel, registerClient } from '../../../../src/model/federation.ts'
import { listClient, openMarket, poolOf } from '../../../../src/model/federation-market.ts'
import {
  claimLpRewards,
  claimRewards,
  settleRound,
} from '../../../../src/model/federation-rewards.ts'
import { sellExactIn } from '../../../../src/model/federation-swap.ts'
import { lpOwed, sharesOf } from '../../../../src/model/lp-dividends.ts'
import { scheduledPot } from '../../../../src/model/schedule.ts'
import { spotPrice } from '../../../../src/model/spot-price.ts'
import { owedTo, poolOwedAt } from '../../../../src/model/stream-readings.ts'
import type { ExampleTerms } from './example-terms.ts'
import type { ExampleWorld, Person } from './example-world.ts'

/** What a Scenario may take in all; the example is far from it. */
const ROOM = 1n << 90n

/** The example in the bigint model. */
export function createModelWorld(terms: ExampleTerms): ExampleWorld {
  // Time 0 means that nothing has streamed, so the opening is later.
  const timeOf = (at: bigint): bigint => 1_000n + at
  let model = createFederationModel(terms, 'federator')
  for (const controller of ['north', 'south'])
    model = registerClient(model, { controller, issuance: 1n })
  let active = model.clients.length
  let bonds = createBondBook(terms.bond)
  let carried = 0n
  const pots = new Map<number, bigint>()
  const put = (round: number, amount: bigint): void =>
    void pots.set(round, (pots.get(round) ?? 0n) + amount)
  const take = <T extends { model: typeof model }>(done: T): T => {
    model = done.model
    return done
  }
  const actor = (who: Person, at: bigint): { who: string; time: bigint } => ({
    who,
    time: timeOf(at),
  })
  return {
    openMarket: async (who, at) => {
      model = openMarket(model, who, timeOf(at))
    },
    swap: async (who, swap, at) => take(sellExactIn(model, actor(who, at), swap)).swap.amountOut,
    claim: async (who, index, at) => take(claimRewards(model, actor(who, at), [index])).paid,
    claimLp: async (who, at) => take(claimLpRewards(model, actor(who, at))).paid,
    registerLate: async (controller) => {
      model = registerClient(model, { controller, issuance: 1n })
    },
    listClient: async (at) => {
      model = listClient(model, { active, time: timeOf(at) })
    },
    fundRound: async (round, amount) => put(round, amount),
    assertRound: async () => {
      const before = assertionBond(bonds)
      bonds = stakeAssertion(bonds, 'federator').book
      return before
    },
    dispute: async (who) => {
      bonds = stakeDispute(bonds, who).book
      return bonds.dispute?.bond ?? 0n
    },
    resolve: async (round, upheld) => {
      const { book, award, toPot } = decideDispute(bonds, { upheld, room: ROOM })
      bonds = book
      put(round, toPot)
      return { award, toPot }
    },
    finalize: async (round, shares, at) => {
      const pot = (pots.get(round) ?? 0n) + carried
      const page = { pot, shares, from: 0, to: shares.length, time: timeOf(at) }
      const settled = take(settleRound(model, page))
      carried = pot - settled.rewarded + settled.carried
      pots.delete(round)
      active = model.clients.length
      bonds = releaseStakes(bonds)
    },
    withdrawBond: async (who) => {
      const { book, paid } = withdrawBond(bonds, who)
      bonds = book
      return paid
    },
    lpShares: async (who) => sharesOf(model.lp, who),
    lpSupply: async () => poolOf(model).lpSupply,
    balances: async () => poolOf(model).reserves.map(({ balance }) => balance),
    weights: async () => poolOf(model).reserves.map(({ weight }) => weight),
    price: async (index) => spotPrice(poolOf(model), index + 1),
    owed: async (who, index, at) => owedTo(model.ledger, { index, holder: who, time: timeOf(at) }),
    lpOwed: async (who, at) => lpOwed(model.lp, who, poolOwedAt(model.ledger, timeOf(at))),
    poolOwed: async (at) => poolOwedAt(model.ledger, timeOf(at)),
    potOf: async (round) => (pots.get(round) ?? 0n) + carried,
    scheduledPot: async (round) => scheduledPot(terms, round),
    assertionBond: async () => assertionBond(bonds),
  }
}
