import { type Address, encodeFunctionData, type Hex } from 'viem'
import { modelMarketAbi } from '../../generated/network/model-market.ts'
import type { ChainAccount, Mined } from '../../types.ts'
import { sendCall } from './send-call.ts'

/**
 * Proposes data or a model for a bounty, by its digest.
 * @throws {ChainError} BOUNTY_TOO_LATE, BOUNTY_FULL, BOUNTY_ENDED; UNKNOWN_BOUNTY (usage).
 */
export function proposeForBounty(
  account: ChainAccount,
  {
    market,
    bounty,
    digest,
  }: { readonly market: Address; readonly bounty: bigint; readonly digest: Hex },
): Promise<Mined> {
  const data = encodeFunctionData({
    abi: modelMarketAbi,
    functionName: 'proposeFor',
    args: [bounty, digest],
  })
  return sendCall(account, { to: market, data })
}
