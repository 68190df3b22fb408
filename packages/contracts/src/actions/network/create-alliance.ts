import { type Address, encodeFunctionData, type Hex } from 'viem'
import { ask } from '../../ask.ts'
import { allianceAbi } from '../../generated/network/alliance.ts'
import { onlyEvent } from '../../only-event.ts'
import { act } from '../../send.ts'
import { spending } from '../../spend.ts'
import type { ChainAccount, Mined } from '../../types.ts'

/** What an alliance's creator decides. Times in seconds, `minStake` in wei. */
export type AllianceTerms = {
  readonly manifest: Hex
  /** The global model before the first round. */
  readonly model: Hex
  readonly rounds: number
  readonly minParticipants: number
  /** At most 64. */
  readonly maxParticipants: number
  /** How many are drawn each round; with fewer participants both shrink in proportion. */
  readonly proposers: number
  readonly voters: number
  readonly contributeWindow: number
  readonly commitWindow: number
  readonly revealWindow: number
  readonly minStake: bigint
}

/**
 * Creates an alliance and pays `pool` into it, which its rounds share out. Approves exactly that.
 * @param args - `pool` in wei, at least what governance asks for.
 * @returns `id`, and `task`: what participants stake on, as role 'alliance'.
 * @throws {ChainError} INVALID_PARAM, POOL_BELOW_MINIMUM; INSUFFICIENT_BALANCE (usage).
 */
export function createAlliance(
  account: ChainAccount,
  args: { readonly alliance: Address; readonly terms: AllianceTerms; readonly pool: bigint },
): Promise<Mined & { readonly id: bigint; readonly task: bigint }> {
  const { alliance, terms, pool } = args
  const contract = { address: alliance, abi: allianceAbi } as const
  const data = encodeFunctionData({
    abi: allianceAbi,
    functionName: 'create',
    args: [terms, pool],
  })
  return act(account, async (send) => {
    const token = await ask(account.public.readContract({ ...contract, functionName: 'currency' }))
    const job = () => send({ to: alliance, data })
    const spend = { token, spender: alliance, amount: pool }
    const receipt = await spending(account, send, { ...spend, job })
    const { id } = onlyEvent(receipt, { ...contract, eventName: 'AllianceCreated' })
    const read = { ...contract, functionName: 'taskOf', args: [id] } as const
    const task = await ask(account.public.readContract(read))
    return { receipt, result: { id, task } }
  })
}
