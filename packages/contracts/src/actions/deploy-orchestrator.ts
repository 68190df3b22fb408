import { type Address, encodeDeployData } from 'viem'
import { deployedAddress } from '../deployed-address.ts'
import { orchestratorAbi, orchestratorBytecode } from '../generated/orchestrator.ts'
import { act } from '../send.ts'
import type { ChainAccount, Mined } from '../types.ts'

/**
 * Deploys an Orchestrator with the implementations of Scenario, token and pool.
 * @param options - `minChallengeWindow`: shortest challenge window in seconds that its Scenarios may have.
 * @throws {ChainError} see there.
 */
export function deployOrchestrator(
  account: ChainAccount,
  options: { readonly minChallengeWindow: number },
): Promise<Mined & { readonly address: Address }> {
  const data = encodeDeployData({
    abi: orchestratorAbi,
    bytecode: orchestratorBytecode,
    args: [options.minChallengeWindow],
  })
  return act(account, async (send) => {
    const receipt = await send({ data })
    return { receipt, result: { address: deployedAddress(receipt) } }
  })
}
