import type { Address, TransactionReceipt } from 'viem'
import { scenarioAbi } from './generated/scenario.ts'
import { onlyEvent } from './only-event.ts'

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

/** What a transaction that decided a dispute of `scenario` says of it. @throws {ChainError} EVENT_MISSING. */
export function resolutionOf(receipt: TransactionReceipt, scenario: Address): Resolution {
  const event = { address: scenario, abi: scenarioAbi, eventName: 'DisputeResolved' } as const
  const { winner, award, toPot } = onlyEvent(receipt, event)
  return { winner, award, toPot }
}
