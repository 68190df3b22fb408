import {
  advanceTime,
  type ChainAccount,
  claim,
  claimLp,
  readBooks,
  readScenario,
  type ScenarioState,
  withdrawBond,
} from '@fednode/contracts'
import type { SiloName } from '@fednode/protocol'
import { zeroAddress } from 'viem'
import type { Cast } from './cast.ts'
import type { LocalChain } from './local-chain.ts'
import { type PoolStake, readPoolStake } from './pool-stake.ts'
import type { Books } from './up-result.ts'

/** What everybody got when the last stream had run out; wei. */
export type Settlement = {
  readonly investorClaimed: bigint
  readonly providerClaimed: bigint
  /** What the provider's LP shares are worth after that. */
  readonly providerStake: PoolStake
  readonly books: Books
}

/**
 * Moves the local chain's clock past the end of the last stream, lets everybody claim everything, and reads the books.
 */
export async function settle(
  chain: LocalChain,
  cast: Cast,
  scenario: Pick<ScenarioState, 'address'>,
): Promise<Settlement> {
  const { account } = cast.federator
  const { address } = scenario
  const state = await readScenario(account, { scenario: address, orchestrator: chain.orchestrator })
  await advanceTime(account, state.streamEndsAt + 1n)
  const holders: readonly (readonly [SiloName | string, ChainAccount])[] = [
    ['federator', account],
    ...cast.silos,
    ['investor', cast.investor],
    ['provider', cast.provider],
  ]
  const paid = new Map<string, bigint>()
  for (const [name, holder] of holders) {
    paid.set(name, await claimAll(chain, state, { name, account: holder }))
  }
  const bonds = await withdrawBond(account, { scenario: address })
  if (bonds !== null) chain.record('federator withdraws its bonds', bonds)
  const { deposited, claimed, claimable, carried, returned } = await readBooks(account, {
    scenario: address,
  })
  return {
    investorClaimed: paid.get('investor') ?? 0n,
    providerClaimed: paid.get('provider') ?? 0n,
    providerStake: await readPoolStake(cast.provider, scenario),
    books: { deposited, claimed, claimable, carried, returned },
  }
}

async function claimAll(
  chain: LocalChain,
  scenario: ScenarioState,
  holder: { readonly name: string; readonly account: ChainAccount },
): Promise<bigint> {
  const { name, account } = holder
  const rewards = await claim(account, { scenario: scenario.address })
  if (rewards !== null) chain.record(`${name} claims rewards`, rewards)
  if (scenario.pool === zeroAddress) return rewards?.paid ?? 0n
  const dividends = await claimLp(account, { pool: scenario.pool })
  if (dividends !== null) chain.record(`${name} claims dividends`, dividends)
  return (rewards?.paid ?? 0n) + (dividends?.paid ?? 0n)
}
