import { type Address, encodeFunctionData, type Hex } from 'viem'
import { delegatorGiftsAbi } from '../../generated/network/delegator-gifts.ts'
import type { ChainAccount, Mined } from '../../types.ts'
import { sendCall } from './send-call.ts'

/**
 * Hands a delegator its part of a gift, once. Anybody may.
 * @param args - `amount` in wei, as in the delegator's leaf.
 * @throws {ChainError} GIFT_LEAF_UNKNOWN (refused); GIFT_OVER, GIFT_TAKEN_BEFORE; what the token says when the host allows no more.
 */
export function takeGift(
  account: ChainAccount,
  args: {
    readonly delegatorGifts: Address
    readonly gift: bigint
    readonly delegator: Address
    readonly amount: bigint
    readonly proof: readonly Hex[]
  },
): Promise<Mined> {
  const { delegatorGifts, gift, delegator, amount, proof } = args
  const data = encodeFunctionData({
    abi: delegatorGiftsAbi,
    functionName: 'take',
    args: [gift, delegator, amount, proof],
  })
  return sendCall(account, { to: delegatorGifts, data })
}
