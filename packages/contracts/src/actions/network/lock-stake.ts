import { type Address, encodeFunctionData } from 'viem'
import { ask } from '../../ask.ts'
import { lockedStakeAbi } from '../../generated/network/locked-stake.ts'
import { onlyEvent } from '../../only-event.ts'
import { act } from '../../send.ts'
import { spending } from '../../spend.ts'
import type { ChainAccount, Mined } from '../../types.ts'

/**
 * Locks NetworkToken for a time, and gives locked stake for it: the more the longer, 3.01 times for a year.
 * @param args - `principal` in wei; `seconds`: a day to a year.
 * @returns `id` of the lock, `amount` of locked stake in wei, `unlockAt` in Unix seconds.
 * @throws {ChainError} LOCK_DURATION; INSUFFICIENT_BALANCE (usage).
 */
export function lockStake(
  account: ChainAccount,
  args: { readonly lockedStake: Address; readonly principal: bigint; readonly seconds: bigint },
): Promise<Mined & { readonly id: bigint; readonly amount: bigint; readonly unlockAt: number }> {
  const { lockedStake, principal, seconds } = args
  const contract = { address: lockedStake, abi: lockedStakeAbi } as const
  const data = encodeFunctionData({
    abi: lockedStakeAbi,
    functionName: 'lock',
    args: [principal, seconds],
  })
  return act(account, async (send) => {
    const token = await ask(account.public.readContract({ ...contract, functionName: 'token' }))
    const job = () => send({ to: lockedStake, data })
    const receipt = await spending(account, send, {
      token,
      spender: lockedStake,
      amount: principal,
      job,
    })
    const { id, amount, unlockAt } = onlyEvent(receipt, { ...contract, eventName: 'LockOpened' })
    return { receipt, result: { id, amount, unlockAt } }
  })
}
