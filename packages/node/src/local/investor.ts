import type { SiloName } from '@fednode/protocol'
import type { Cast } from './cast.ts'
import type { Market } from './market.ts'
import type { ClosedRound } from './progress.ts'
import type { InvestorOutcome, Trade } from './up-result.ts'

/** The investor of a local federation: buys once, on public values alone, holds, and sells half at the end. */
export type Investor = {
  /** Buys the token of the silo that contributed most in `round`. */
  invest(round: ClosedRound): Promise<Trade>
  /** Sells half of what it holds. */
  divest(afterRound: number): Promise<Trade | undefined>
  outcome(claimed: bigint): InvestorOutcome | undefined
}

const SOLD_PART = 2n
const ACTOR = 'investor'

export function createInvestor(cast: Cast, market: Market): Investor {
  const made: { bought?: Trade; sold?: Trade } = {}
  const account = cast.investor
  return {
    invest: async (round) => {
      const silo = bestOf(round)
      const label = 'investor buys'
      const order = { actor: ACTOR, account, action: 'buy', silo, tokens: cast.stake } as const
      made.bought = await market.trade(label, { ...order, afterRound: round.round })
      return made.bought
    },
    divest: async (afterRound) => {
      if (made.bought === undefined) return undefined
      const { silo, tokens } = made.bought
      const order = { actor: ACTOR, account, action: 'sell', silo } as const
      made.sold = await market.trade('investor sells', {
        ...order,
        tokens: tokens / SOLD_PART,
        afterRound,
      })
      return made.sold
    },
    outcome: (claimed) => {
      const { bought, sold } = made
      if (bought === undefined) return undefined
      const held = bought.tokens - (sold?.tokens ?? 0n)
      return {
        silo: bought.silo,
        spent: bought.currency,
        bought: bought.tokens,
        claimed,
        sold: sold?.tokens ?? 0n,
        received: sold?.currency ?? 0n,
        holdingValue: (held * market.priceOf(bought.silo)) / 10n ** 18n,
      }
    },
  }
}

function bestOf(round: ClosedRound): SiloName {
  const [best] = round.contributions.toSorted((a, b) => b.shapley - a.shapley)
  // A closed round has a contribution for every silo, and names come from our own aggregator.
  return (best?.silo ?? '') as SiloName
}
