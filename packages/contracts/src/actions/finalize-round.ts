import { type Address, encodeFunctionData, type TransactionReceipt } from 'viem'
import { ChainError } from '../chain-error.ts'
import { scenarioAbi } from '../generated/scenario.ts'
import { eventsOf } from '../only-event.ts'
import { act } from '../send.ts'
import type { ChainAccount, Mined } from '../types.ts'

/** Clients that one finalize transaction settles: 100 stay below the transaction gas cap by far (CONTRACTS.md 5). */
export const FINALIZE_PAGE = 100

/** A round to be settled. */
export type RoundFinalization = {
  readonly scenario: Address
  readonly round: number
  /** The vector that was anchored, one share per client in index order. */
  readonly shares: readonly number[]
  /** Clients per transaction, 1 to 65,535. */
  readonly pageSize?: number
}

/** How a round was settled; amounts in wei. */
export type FinalizedRound = {
  readonly voided: boolean
  /** What was shared out, or would have been. */
  readonly pot: bigint
  /** What goes on to the next round. */
  readonly carried: bigint
  readonly transactions: number
}

/**
 * Settles a round after its challenge window, page by page until it is done; anyone may. Goes on where an interrupted
 * settlement stopped.
 * @throws {ChainError} CHALLENGE_WINDOW_RUNNING, SHARES_MISMATCH, SHARES_LENGTH, WRONG_ROUND, WRONG_PHASE.
 */
export function finalizeRound(
  account: ChainAccount,
  args: RoundFinalization,
): Promise<Mined & FinalizedRound> {
  const { scenario, round, shares, pageSize = FINALIZE_PAGE } = args
  const data = encodeFunctionData({
    abi: scenarioAbi,
    functionName: 'finalize',
    args: [round, shares, pageSize],
  })
  const mostPages = Math.ceil(shares.length / pageSize) + 1
  return act(account, async (send) => {
    for (let transactions = 1; transactions <= mostPages; transactions += 1) {
      const receipt = await send({ to: scenario, data })
      const outcome = outcomeOf(receipt, scenario)
      if (outcome !== undefined) return { receipt, result: { ...outcome, transactions } }
    }
    throw new ChainError(`round ${round} is not settled after ${mostPages} transactions`, {
      code: 'FINALIZE_ENDLESS',
    })
  })
}

function outcomeOf(
  receipt: TransactionReceipt,
  address: Address,
): Omit<FinalizedRound, 'transactions'> | undefined {
  const contract = { address, abi: scenarioAbi } as const
  const [done] = eventsOf(receipt, { ...contract, eventName: 'RoundFinalized' })
  if (done !== undefined) {
    const { pot, carried } = done.args
    return { voided: false, pot, carried }
  }
  const [voided] = eventsOf(receipt, { ...contract, eventName: 'RoundVoided' })
  if (voided === undefined) return undefined
  const { carried } = voided.args
  return { voided: true, pot: carried, carried }
}
