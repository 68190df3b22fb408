import { type Address, bytesToHex, encodeFunctionData } from 'viem'
import { orchestratorAbi } from '../generated/orchestrator.ts'
import { onlyEvent } from '../only-event.ts'
import { act } from '../send.ts'
import type { ChainAccount, Mined, ScenarioParams } from '../types.ts'

/** A federation to be created. */
export type NewScenario = {
  readonly orchestrator: Address
  readonly params: ScenarioParams
  /** Canonical DAG-CBOR, 1 to 24,576 bytes; silos read what they consent to from the chain. */
  readonly manifest: Uint8Array
  /** Multiaddrs of the aggregator, comma-separated, at most 1,024 bytes; may be empty and set later. */
  readonly endpoint: string
}

/**
 * Creates a federation; the account becomes its federator.
 * @returns `id` counts from 1; `pool` is the zero address without a market.
 * @throws {ChainError} INVALID_PARAM naming the field, MANIFEST_SIZE, ENDPOINT_TOO_LONG (all usage).
 */
export function createScenario(
  account: ChainAccount,
  args: NewScenario,
): Promise<Mined & { readonly id: bigint; readonly scenario: Address; readonly pool: Address }> {
  const { orchestrator, params, manifest, endpoint } = args
  const data = encodeFunctionData({
    abi: orchestratorAbi,
    functionName: 'createScenario',
    args: [params, bytesToHex(manifest), endpoint],
  })
  return act(account, async (send) => {
    const receipt = await send({ to: orchestrator, data })
    const { id, scenario, pool } = onlyEvent(receipt, {
      address: orchestrator,
      abi: orchestratorAbi,
      eventName: 'ScenarioCreated',
    })
    return { receipt, result: { id, scenario, pool } }
  })
}
