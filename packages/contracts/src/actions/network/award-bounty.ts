import { type Address, encodeFunctionData } from 'viem'
import { modelMarketAbi } from '../../generated/network/model-market.ts'
import type { ChainAccount, Mined } from '../../types.ts'
import { sendCall } from './send-call.ts'

/**
 * Credits a bounty to one of its proposals; sponsor only, until 14 days after the deadline.
 * @throws {ChainError} NOT_SPONSOR (refused); BOUNTY_TOO_LATE; UNKNOWN_BOUNTY_PROPOSAL (usage).
 */
export function awardBounty(
  account: ChainAccount,
  {
    market,
    bounty,
    proposal,
  }: { readonly market: Address; readonly bounty: bigint; readonly proposal: number },
): Promise<Mined> {
  const data = encodeFunctionData({
    abi: modelMarketAbi,
    functionName: 'award',
    args: [bounty, proposal],
  })
  return sendCall(account, { to: market, data })
}
