import { type Address, encodeFunctionData, type Hex } from 'viem'
import { scenarioAbi } from '../generated/scenario.ts'
import { onlyEvent } from '../only-event.ts'
import { act } from '../send.ts'
import { staking } from '../stake.ts'
import type { ChainAccount, Mined } from '../types.ts'

/** One side's word on the anchored shares of a round. */
export type Evidence = {
  readonly scenario: Address
  readonly round: number
  /** Digest of what this side computed. */
  readonly evidence: Hex
}

/**
 * Disputes the anchored shares of a round within its challenge window and freezes that round until the resolver decides. The
 * stake comes from the account's bond credit first; only the rest is approved and pulled (T56).
 * @returns `bond` in wei; `resolvableAt` in Unix seconds, until when both sides may give evidence.
 * @throws {ChainError} NO_DISPUTES, DISPUTE_TOO_LATE, WRONG_ROUND, WRONG_PHASE, INSUFFICIENT_BALANCE (usage).
 */
export function dispute(
  account: ChainAccount,
  args: Evidence,
): Promise<Mined & { readonly bond: bigint; readonly resolvableAt: bigint }> {
  const { scenario, round, evidence } = args
  const data = encodeFunctionData({
    abi: scenarioAbi,
    functionName: 'dispute',
    args: [round, evidence],
  })
  return act(account, async (send) => {
    const receipt = await staking(account, send, {
      scenario,
      stake: 'disputeBond',
      job: () => send({ to: scenario, data }),
    })
    const event = { address: scenario, abi: scenarioAbi, eventName: 'RoundDisputed' } as const
    const { bond, resolvableAt } = onlyEvent(receipt, event)
    return { receipt, result: { bond, resolvableAt } }
  })
}
