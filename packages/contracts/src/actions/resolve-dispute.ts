import { type Address, encodeFunctionData, type TransactionReceipt } from 'viem'
import { scenarioAbi } from '../generated/scenario.ts'
import { onlyEvent } from '../only-event.ts'
import { act } from '../send.ts'
import type { ChainAccount, Mined } from '../types.ts'

/** What the resolver decides. */
export type Decision = {
  readonly scenario: Address
  readonly round: number
  /** True: the anchored shares stand. */
  readonly upheld: boolean
}

/** Who won a dispute and what became of the loser's bond; wei. */
export type Resolution = {
  readonly winner: Address
  /** Goes to the winner's bond credit, beside its own bond. */
  readonly award: bigint
  /** Joins the pot of the round. */
  readonly toPot: bigint
}

/**
 * Decides a dispute; for a resolver that is an account. Attesters decide with settleDispute.
 * @throws {ChainError} NOT_RESOLVER (refused), EVIDENCE_WINDOW_RUNNING, WRONG_ROUND, WRONG_PHASE.
 */
export function resolveDispute(account: ChainAccount, args: Decision): Promise<Mined & Resolution> {
  const { scenario, round, upheld } = args
  const data = encodeFunctionData({
    abi: scenarioAbi,
    functionName: 'resolve',
    args: [round, upheld],
  })
  return act(account, async (send) => {
    const receipt = await send({ to: scenario, data })
    return { receipt, result: resolutionOf(receipt, scenario) }
  })
}

/** What a transaction that decided a dispute of `scenario` says of it. @throws {ChainError} EVENT_MISSING. */
export function resolutionOf(receipt: TransactionReceipt, scenario: Address): Resolution {
  const event = { address: scenario, abi: scenarioAbi, eventName: 'DisputeResolved' } as const
  const { winner, award, toPot } = onlyEvent(receipt, event)
  return { winner, award, toPot }
}
