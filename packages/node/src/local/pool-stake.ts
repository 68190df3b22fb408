import {
  type ChainAccount,
  ONE_TOKEN,
  readPool,
  readPortfolio,
  type ScenarioState,
} from '@fednode/contracts'

/** Parts that a share is rounded to. */
const SHARE_UNITS = 10n ** 9n

/** What an account's LP shares stand for. */
export type PoolStake = {
  /** Part of all LP shares, 0 to 1. */
  readonly share: number
  /** Worth at spot prices of that part of everything in the pool, in wei of the currency. */
  readonly value: bigint
}

/** An account's part of the pool as of now; nothing where there is no pool. */
export async function readPoolStake(
  holder: ChainAccount,
  scenario: Pick<ScenarioState, 'address'>,
): Promise<PoolStake> {
  const { lp } = await readPortfolio(holder, {
    scenario: scenario.address,
    holder: holder.address,
  })
  if (lp === null) return { share: 0, value: 0n }
  const { tokens, lpSupply } = await readPool(holder, { pool: lp.pool })
  if (lpSupply === 0n) return { share: 0, value: 0n }
  const whole = tokens.reduce((sum, { balance, price }) => sum + (balance * price) / ONE_TOKEN, 0n)
  return {
    share: Number((lp.balance * SHARE_UNITS) / lpSupply) / Number(SHARE_UNITS),
    value: (whole * lp.balance) / lpSupply,
  }
}
