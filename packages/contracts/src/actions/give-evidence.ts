import { encodeFunctionData } from 'viem'
import { scenarioAbi } from '../generated/scenario.ts'
import { act } from '../send.ts'
import type { ChainAccount, Mined } from '../types.ts'
import type { Evidence } from './dispute.ts'

/**
 * Points the resolver at more evidence; the federator and the disputer may.
 * @throws {ChainError} NOT_PARTY (refused), WRONG_ROUND, WRONG_PHASE.
 */
export function giveEvidence(account: ChainAccount, args: Evidence): Promise<Mined> {
  const data = encodeFunctionData({
    abi: scenarioAbi,
    functionName: 'giveEvidence',
    args: [args.round, args.evidence],
  })
  return act(account, async (send) => ({
    receipt: await send({ to: args.scenario, data }),
    result: {},
  }))
}
