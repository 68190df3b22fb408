import { type Address, encodeFunctionData } from 'viem'
import { ask } from '../../ask.ts'
import { allianceAbi } from '../../generated/network/alliance.ts'
import { onlyEvent } from '../../only-event.ts'
import { act } from '../../send.ts'
import { spending } from '../../spend.ts'
import type { ChainAccount, Mined } from '../../types.ts'

/**
 * Adds to what an alliance's rounds share out. Approves exactly `amount`.
 * @param args - `amount` in wei.
 * @returns `pool` in wei, afterwards.
 * @throws {ChainError} UNKNOWN_ALLIANCE, ALLIANCE_FINISHED, AMOUNT_ZERO; INSUFFICIENT_BALANCE (usage).
 */
export function fundAlliance(
  account: ChainAccount,
  args: { readonly alliance: Address; readonly id: bigint; readonly amount: bigint },
): Promise<Mined & { readonly pool: bigint }> {
  const { alliance, id, amount } = args
  const contract = { address: alliance, abi: allianceAbi } as const
  const data = encodeFunctionData({ abi: allianceAbi, functionName: 'fund', args: [id, amount] })
  return act(account, async (send) => {
    const token = await ask(account.public.readContract({ ...contract, functionName: 'currency' }))
    const job = () => send({ to: alliance, data })
    const spend = { token, spender: alliance, amount }
    const receipt = await spending(account, send, { ...spend, job })
    const { pool } = onlyEvent(receipt, { ...contract, eventName: 'AllianceFunded' })
    return { receipt, result: { pool } }
  })
}
