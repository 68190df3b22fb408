import { type Address, encodeFunctionData, type Hex } from 'viem'
import { scenarioAbi } from '../generated/scenario.ts'
import { onlyEvent } from '../only-event.ts'
import { act } from '../send.ts'
import { sharesHash } from '../shares.ts'
import { staking } from '../stake.ts'
import type { ChainAccount, Mined } from '../types.ts'

/** What the federator anchors of a round. */
export type RoundAssertion = {
  readonly scenario: Address
  readonly round: number
  /** One integer of at most 32 bits per client that takes part (`activeClients`), in index order; all zero voids the round. */
  readonly shares: readonly number[]
  /** Digest of the evidence bundle's CID, from which anyone recomputes the shares. */
  readonly evidenceRoot: Hex
  /** Digest of the new global model's CID. */
  readonly modelDigest: Hex
}

/**
 * Anchors the outcome of a round; federator only. Costs the same for any number of clients. The stake, where there is one, comes
 * from the account's bond credit first; only the rest is approved and pulled (T56).
 * @returns `finalizableAt` in Unix seconds, when the challenge window ends; `bond` in wei.
 * @throws {ChainError} NOT_FEDERATOR (refused), WRONG_ROUND, WRONG_PHASE, POT_BELOW_SCHEDULE, PAUSED, INSUFFICIENT_BALANCE (usage).
 */
export function assertRound(
  account: ChainAccount,
  args: RoundAssertion,
): Promise<Mined & { readonly finalizableAt: bigint; readonly bond: bigint }> {
  const { scenario, round, shares, evidenceRoot, modelDigest } = args
  const hash = sharesHash({ chainId: account.chainId, scenario, round, shares })
  const data = encodeFunctionData({
    abi: scenarioAbi,
    functionName: 'assertRound',
    args: [round, hash, evidenceRoot, modelDigest],
  })
  return act(account, async (send) => {
    const receipt = await staking(account, send, {
      scenario,
      stake: 'assertionBond',
      job: () => send({ to: scenario, data }),
    })
    const event = { address: scenario, abi: scenarioAbi, eventName: 'RoundAsserted' } as const
    const { finalizableAt, bond } = onlyEvent(receipt, event)
    return { receipt, result: { finalizableAt, bond } }
  })
}
