import { type Address, encodeDeployData } from 'viem'
import { deployedAddress } from '../deployed-address.ts'
import { meanPoolBytecode } from '../generated/mean-pool.ts'
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
  return act(account, async (send) => {
    // The code of all contracts together is more than one transaction may carry (EIP-3860): the pool's goes first.
    const pool = deployedAddress(await send({ data: meanPoolBytecode }))
    const data = encodeDeployData({
      abi: orchestratorAbi,
      bytecode: orchestratorBytecode,
      args: [options.minChallengeWindow, pool],
    })
    const receipt = await send({ data })
    return { receipt, result: { address: deployedAddress(receipt) } }
  })
}
