import { type Address, encodeFunctionData, erc20Abi, type Hex } from 'viem'
import { ask } from '../../ask.ts'
import { delegatorGiftsAbi } from '../../generated/network/delegator-gifts.ts'
import { onlyEvent } from '../../only-event.ts'
import { act } from '../../send.ts'
import type { ChainAccount, Mined } from '../../types.ts'

/** Tokens of the account's own that it shares with its delegators. */
export type NewGift = {
  readonly delegatorGifts: Address
  readonly token: Address
  /** Root of the tree of who gets how much (IDelegatorGifts), its sum in wei, and the digest of what it was made of. */
  readonly root: Hex
  readonly total: bigint
  readonly data: Hex
  /** An hour to a year. */
  readonly seconds: number
}

/**
 * Offers tokens to delegators, and allows the contract to hand out so much more of them. This allowance stays, unlike those of other
 * actions: it is what the gift is paid from, and taking it back ends the gift.
 * @throws {ChainError} ROOT_ZERO, AMOUNT_ZERO, REWARD_PARAM_OUT_OF_RANGE, INVALID_PARAM (all usage).
 */
export function offerGift(
  account: ChainAccount,
  { delegatorGifts, token, root, total, data: made, seconds }: NewGift,
): Promise<Mined & { readonly gift: bigint }> {
  const args = [token, root, total, seconds, made] as const
  const data = encodeFunctionData({ abi: delegatorGiftsAbi, functionName: 'offer', args })
  return act(account, async (send) => {
    const read = { address: token, abi: erc20Abi, functionName: 'allowance' } as const
    const owner = account.address
    const allowed = await ask(
      account.public.readContract({ ...read, args: [owner, delegatorGifts] }),
    )
    const approval = [delegatorGifts, allowed + total] as const
    await send({
      to: token,
      data: encodeFunctionData({ abi: erc20Abi, functionName: 'approve', args: approval }),
    })
    const receipt = await send({ to: delegatorGifts, data })
    const event = {
      address: delegatorGifts,
      abi: delegatorGiftsAbi,
      eventName: 'GiftOffered',
    } as const
    return { receipt, result: { gift: onlyEvent(receipt, event).gift } }
  })
}
