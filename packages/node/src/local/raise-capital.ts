import { parseAmount } from '@fednode/contracts'
import type { Cast } from './cast.ts'
import { LocalError } from './local-error.ts'
import type { Market } from './market.ts'
import type { FederationPlan } from './plan.ts'
import type { Trade } from './up-result.ts'

const BPS = 10_000n
/** Part of what the pool holds of the token; the pool itself takes at most 30 % in one trade. */
const PART_OF_POOL = 4n
/** Which of the silos raises capital; with one silo only, that one. */
const SELLER = 1

/** One silo sells some of its own tokens before round 1: money now against a part of its later rewards. */
export async function raiseCapital(
  plan: FederationPlan,
  cast: Cast,
  market: Market,
): Promise<Trade> {
  const silo = (plan.silos[SELLER] ?? plan.silos[0])?.name
  const account = silo === undefined ? undefined : cast.silos.get(silo)
  if (silo === undefined || account === undefined) {
    throw new LocalError('there is no silo to raise capital', {
      code: 'LOCAL_CHAIN_STATE',
      what: 'seller',
    })
  }
  const { tokensPerSilo, poolBps, siloBps } = plan.manifest.market
  const supply = parseAmount(tokensPerSilo)
  const most = (supply * BigInt(siloBps)) / BPS
  const wanted = (supply * BigInt(poolBps)) / BPS / PART_OF_POOL
  const tokens = wanted < most ? wanted : most
  const order = { actor: silo, account, action: 'sell', silo, tokens, afterRound: 0 } as const
  return market.trade(`${silo} sells`, order)
}
