import { type Address, encodeFunctionData } from 'viem'
import { scenarioAbi } from '../generated/scenario.ts'
import { act } from '../send.ts'
import type { ChainAccount, Mined } from '../types.ts'

/**
 * Publishes where the aggregator listens; federator only. A hint: peers prove who they are by their key.
 * @param args - `endpoint`: multiaddrs, comma-separated, at most 1,024 bytes.
 * @throws {ChainError} NOT_FEDERATOR (refused), ENDPOINT_TOO_LONG.
 */
export function setEndpoint(
  account: ChainAccount,
  args: { readonly scenario: Address; readonly endpoint: string },
): Promise<Mined> {
  const data = encodeFunctionData({
    abi: scenarioAbi,
    functionName: 'setEndpoint',
    args: [args.endpoint],
  })
  return act(account, async (send) => ({
    receipt: await send({ to: args.scenario, data }),
    result: {},
  }))
}
