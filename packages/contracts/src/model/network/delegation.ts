const BPS = 10_000n

/** What an empty pool is taken to hold. */
const VIRTUAL = { shares: 1_000_000n, tokens: 1n } as const

/** Stake behind a reward, in wei, and the operator's part of what delegated stake earns, in bps. */
export type RewardTerms = {
  readonly commission: bigint
  readonly own: bigint
  readonly delegated: bigint
}

/** StakeMath.delegatorsDown: delegators' part of a reward; the operator gets the rest. */
export function delegatorsPart(
  reward: bigint,
  { commission, own, delegated }: RewardTerms,
): bigint {
  if (delegated === 0n) return 0n
  return (reward * (BPS - commission) * delegated) / (BPS * (own + delegated))
}

/** Stake of a position in wei; `factor` in bps; `ratio` of delegated to own stake, above which delegations do not count. */
export type WeightTerms = {
  readonly own: bigint
  readonly delegated: bigint
  readonly factor: bigint
  readonly ratio: bigint
}

/** StakeMath.weightDown: what counts of a position in draws and votes; wei. */
export function stakeWeight({ own, delegated, factor, ratio }: WeightTerms): bigint {
  const most = own * ratio
  return own + ((delegated < most ? delegated : most) * factor) / BPS
}

/** A delegation pool: wei, and shares. */
export type Shares = { readonly tokens: bigint; readonly shares: bigint }

/** StakeMath.sharesDown: shares for `amount` that joins a pool. */
export function sharesFor(amount: bigint, { tokens, shares }: Shares): bigint {
  return (amount * (shares + VIRTUAL.shares)) / (tokens + VIRTUAL.tokens)
}

/** StakeMath.tokensDown: what `part` of the shares is worth. */
export function tokensFor(part: bigint, { tokens, shares }: Shares): bigint {
  return (part * (tokens + VIRTUAL.tokens)) / (shares + VIRTUAL.shares)
}

/** StakeMath.isDust: whether slashes have left so little of a pool that it starts anew. */
export function isDust({ tokens, shares }: Shares): boolean {
  return shares !== 0n && tokens * VIRTUAL.shares * (1n << 40n) <= shares
}
