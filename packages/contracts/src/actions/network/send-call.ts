import type { Address, Hex } from 'viem'
import { act } from '../../send.ts'
import { type Spending, spending } from '../../spend.ts'
import type { ChainAccount, Mined } from '../../types.ts'

/** One call to a contract of the network. */
export type NetworkCall = { readonly to: Address; readonly data: Hex }

/** Sends one call and answers with what it cost. @throws {ChainError} what the contract says. */
export function sendCall(account: ChainAccount, call: NetworkCall): Promise<Mined> {
  return act(account, async (send) => ({ receipt: await send(call), result: {} }))
}

/**
 * The same, while the contract may take exactly so much of a token (T56).
 * @throws {ChainError} INSUFFICIENT_BALANCE (usage); what the contract says.
 */
export function spendCall(
  account: ChainAccount,
  { token, amount, ...call }: NetworkCall & Pick<Spending, 'token' | 'amount'>,
): Promise<Mined> {
  return act(account, async (send) => {
    const spend = { token, spender: call.to, amount, job: () => send(call) }
    return { receipt: await spending(account, send, spend), result: {} }
  })
}
