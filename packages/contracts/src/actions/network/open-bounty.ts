import { type Address, encodeFunctionData, type Hex } from 'viem'
import { ask } from '../../ask.ts'
import { modelMarketAbi } from '../../generated/network/model-market.ts'
import { onlyEvent } from '../../only-event.ts'
import { act } from '../../send.ts'
import { spending } from '../../spend.ts'
import type { ChainAccount, Mined } from '../../types.ts'

/** Data or a model that somebody pays for. */
export type NewBounty = {
  readonly market: Address
  readonly kind: 'data' | 'model'
  /** Digest of the document that says what is wanted. */
  readonly spec: Hex
  /** wei, held until the bounty is awarded or goes back. */
  readonly amount: bigint
  /** For proposals: an hour to 180 days. */
  readonly seconds: number
}

/**
 * Opens a bounty; the account becomes its sponsor.
 * @throws {ChainError} INSUFFICIENT_BALANCE, AMOUNT_ZERO, DIGEST_ZERO, PARAM_OUT_OF_RANGE (all usage).
 */
export function openBounty(
  account: ChainAccount,
  { market, kind, spec, amount, seconds }: NewBounty,
): Promise<Mined & { readonly bounty: bigint }> {
  const contract = { address: market, abi: modelMarketAbi } as const
  const args = [kind === 'data' ? 0 : 1, spec, amount, seconds] as const
  const data = encodeFunctionData({ ...contract, functionName: 'openBounty', args })
  return act(account, async (send) => {
    const token = await ask(account.public.readContract({ ...contract, functionName: 'currency' }))
    const job = () => send({ to: market, data })
    const receipt = await spending(account, send, { token, spender: market, amount, job })
    const { bounty } = onlyEvent(receipt, { ...contract, eventName: 'BountyOpened' })
    return { receipt, result: { bounty } }
  })
}
