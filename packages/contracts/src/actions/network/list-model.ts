import { type Address, encodeFunctionData, type Hex } from 'viem'
import { modelMarketAbi } from '../../generated/network/model-market.ts'
import { onlyEvent } from '../../only-event.ts'
import { act } from '../../send.ts'
import type { ChainAccount, Mined } from '../../types.ts'

/** A model that somebody offers. */
export type NewListing = {
  readonly market: Address
  /** Digest of the model. */
  readonly model: Hex
  /** wei for one use. */
  readonly price: bigint
  /** Whose next round has `scenarioBps` ten-thousandths of the revenue; the zero address, and 0, for none. */
  readonly scenario: Address
  readonly scenarioBps: number
}

/**
 * Offers a model at the market; the account becomes the listing's owner.
 * @throws {ChainError} FOREIGN_CURRENCY, SPLIT_TOO_LARGE, DIGEST_ZERO, AMOUNT_ZERO, INVALID_PARAM (all usage).
 */
export function listModel(
  account: ChainAccount,
  { market, model, price, scenario, scenarioBps }: NewListing,
): Promise<Mined & { readonly listing: bigint }> {
  const data = encodeFunctionData({
    abi: modelMarketAbi,
    functionName: 'list',
    args: [model, price, scenario, scenarioBps],
  })
  return act(account, async (send) => {
    const receipt = await send({ to: market, data })
    const event = { address: market, abi: modelMarketAbi, eventName: 'Listed' } as const
    return { receipt, result: { listing: onlyEvent(receipt, event).listing } }
  })
}
