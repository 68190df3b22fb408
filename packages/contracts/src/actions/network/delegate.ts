import { encodeFunctionData } from 'viem'
import { stakeManagerAbi } from '../../generated/network/stake-manager.ts'
import { onlyEvent } from '../../only-event.ts'
import { act } from '../../send.ts'
import { spending } from '../../spend.ts'
import { stakeToken } from '../../stake-assets.ts'
import { roleHash } from '../../stake-position.ts'
import type { ChainAccount, Mined } from '../../types.ts'
import type { StakeIn } from './withdraw-stake.ts'

/** Stake for somebody else's position. */
export type NewDelegation = StakeIn & {
  /** wei; at least one token. */
  readonly amount: bigint
  /** Fewest shares that activation may give for everything that waits; 0 when left out. */
  readonly minShares?: bigint
}

/**
 * Delegates to an operator's position. It is active, and earns, once somebody activates it a day later.
 * @returns `activeFrom` in Unix seconds.
 * @throws {ChainError} DELEGATION_BELOW_MIN, POSITION_UNKNOWN, OWN_POSITION; INSUFFICIENT_BALANCE (usage).
 */
export function delegate(
  account: ChainAccount,
  args: NewDelegation,
): Promise<Mined & { readonly activeFrom: number }> {
  const { stakeManager, position, amount, asset = 'plain', minShares = 0n } = args
  const data = encodeFunctionData({
    abi: stakeManagerAbi,
    functionName: asset === 'plain' ? 'delegate' : 'delegateLocked',
    args: [position.operator, roleHash(position.role), position.task, amount, minShares],
  })
  return act(account, async (send) => {
    const token = await stakeToken(account, { stakeManager, asset })
    const job = () => send({ to: stakeManager, data })
    const receipt = await spending(account, send, { token, spender: stakeManager, amount, job })
    const event = { address: stakeManager, abi: stakeManagerAbi, eventName: 'Delegated' } as const
    return { receipt, result: { activeFrom: onlyEvent(receipt, event).activeFrom } }
  })
}
