import { type Address, encodeFunctionData } from 'viem'
import { networkTokenAbi } from '../../generated/network/network-token.ts'
import type { ChainAccount, Mined } from '../../types.ts'
import { sendCall } from './send-call.ts'

/**
 * Hands the votes of an account's tokens to somebody, or to itself: tokens whose votes nobody has do not vote. Tokens stay where they are.
 * @throws {ChainError} what the token says.
 */
export function delegateVotes(
  account: ChainAccount,
  { token, to }: { readonly token: Address; readonly to: Address },
): Promise<Mined> {
  const data = encodeFunctionData({ abi: networkTokenAbi, functionName: 'delegate', args: [to] })
  return sendCall(account, { to: token, data })
}
