import { formatAmount, type Portfolio } from '@fednode/contracts'
import { UserError } from '@fednode/protocol'

/** In capitals, which no silo's name has. */
const CURRENCY = 'CUR'
const POOL_SHARES = 'LP'

/** Something that an account holds and can send. */
export type Asset = {
  /** As it is called on the command line. */
  readonly name: string
  /** After a number: "500 pool shares". */
  readonly unit: string
  readonly token: `0x${string}`
  /** wei */
  readonly balance: bigint
}

/** What of a portfolio is meant. @throws {UserError} UNKNOWN_ASSET (usage) naming those that there are. */
export function assetOf({ currency, tokens, lp }: Portfolio, name: string): Asset {
  const assets: readonly Asset[] = [
    { name: CURRENCY, unit: CURRENCY, ...currency },
    ...(lp === null
      ? []
      : [{ name: POOL_SHARES, unit: 'pool shares', token: lp.pool, balance: lp.balance }]),
    ...tokens.map(({ name: silo, token, balance }) => ({
      name: silo,
      unit: `tokens of ${silo}`,
      token,
      balance,
    })),
  ]
  const found = assets.find((asset) => asset.name === name)
  if (found !== undefined) return found
  throw new UserError('usage', `there is no "${name}" in this federation`, {
    code: 'UNKNOWN_ASSET',
    hint: `There are: ${assets.map((asset) => asset.name).join(', ')}`,
  })
}

/** @throws {UserError} INSUFFICIENT_BALANCE (usage) with both amounts, before anybody is asked. */
export function requireHeld({ unit, balance }: Asset, amount: bigint): void {
  if (amount <= balance) return
  throw new UserError(
    'usage',
    `you own ${formatAmount(balance)} ${unit}, not ${formatAmount(amount)}`,
    { code: 'INSUFFICIENT_BALANCE', hint: 'fednode market portfolio  shows what you hold.' },
  )
}
