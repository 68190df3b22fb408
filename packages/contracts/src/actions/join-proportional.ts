import { type Address, encodeFunctionData, type TransactionReceipt } from 'viem'
import { ask } from '../ask.ts'
import { meanPoolAbi } from '../generated/mean-pool.ts'
import { onlyEvent } from '../only-event.ts'
import { act, type Send } from '../send.ts'
import { spending } from '../spend.ts'
import type { ChainAccount, Mined } from '../types.ts'

/** Liquidity to be added in the pool's own proportions. */
export type ProportionalJoin = {
  readonly pool: Address
  /** LP shares to get, in wei. */
  readonly lpOut: bigint
  /** wei; the most that is given of each token, in the pool's order. */
  readonly maxIn: readonly bigint[]
  /** Who gets the LP shares; the account itself when left out. */
  readonly to?: Address
  /** Unix seconds after which the join fails. */
  readonly deadline: bigint
}

/**
 * Adds liquidity in all tokens at once. Approves exactly `maxIn` of each and takes back what is left (T56).
 * @returns `amounts` given, in the pool's order.
 * @throws {ChainError} IN_ABOVE_MAX, LENGTH_MISMATCH, DEADLINE_PASSED, MARKET_NOT_OPEN, INSUFFICIENT_BALANCE (usage).
 */
export function joinProportional(
  account: ChainAccount,
  args: ProportionalJoin,
): Promise<Mined & { readonly lpShares: bigint; readonly amounts: readonly bigint[] }> {
  const { pool, lpOut, maxIn, to = account.address, deadline } = args
  const contract = { address: pool, abi: meanPoolAbi } as const
  const data = encodeFunctionData({
    abi: meanPoolAbi,
    functionName: 'joinProportional',
    args: [lpOut, maxIn, to, deadline],
  })
  return act(account, async (send) => {
    const tokens = await ask(account.public.readContract({ ...contract, functionName: 'tokens' }))
    const spends = tokens.map((token, at) => ({ token, spender: pool, amount: maxIn[at] ?? 0n }))
    const join = () => send({ to: pool, data })
    const receipt = await spendingAll(account, send, { spends, job: join })
    const { lpShares, amounts } = onlyEvent(receipt, { ...contract, eventName: 'Joined' })
    return { receipt, result: { lpShares, amounts } }
  })
}

type Spends = {
  readonly spends: readonly { token: Address; spender: Address; amount: bigint }[]
  readonly job: () => Promise<TransactionReceipt>
}

function spendingAll(
  account: ChainAccount,
  send: Send,
  { spends, job }: Spends,
): Promise<TransactionReceipt> {
  const [first, ...rest] = spends
  if (first === undefined) return job()
  return spending(account, send, {
    ...first,
    job: () => spendingAll(account, send, { spends: rest, job }),
  })
}
