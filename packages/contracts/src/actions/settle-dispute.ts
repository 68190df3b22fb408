import { type Address, encodeFunctionData, type Hex, hexToBigInt } from 'viem'
import { attesterResolverAbi } from '../generated/attester-resolver.ts'
import { type Decision, type Resolution, resolutionOf } from '../resolution.ts'
import { act } from '../send.ts'
import type { ChainAccount, Mined } from '../types.ts'

/** An attester's signed word, see signVerdict. */
export type Verdict = { readonly attester: Address; readonly signature: Hex }

/**
 * Brings the verdicts of attesters to their resolver, which decides the dispute; anyone may.
 * @param args - `verdicts`: of different attesters, in any order, all for the same decision.
 * @throws {ChainError} TOO_FEW_VERDICTS, UNKNOWN_ATTESTER, SIGNATURE_INVALID, NOT_IN_DISPUTE, EVIDENCE_WINDOW_RUNNING.
 */
export function settleDispute(
  account: ChainAccount,
  args: Decision & { readonly resolver: Address; readonly verdicts: readonly Verdict[] },
): Promise<Mined & Resolution> {
  const { resolver, scenario, round, upheld } = args
  const verdicts = [...args.verdicts].sort(byAttester)
  const signers = verdicts.map(({ attester }) => attester)
  const signatures = verdicts.map(({ signature }) => signature)
  const data = encodeFunctionData({
    abi: attesterResolverAbi,
    functionName: 'settle',
    args: [scenario, round, upheld, signers, signatures],
  })
  return act(account, async (send) => {
    const receipt = await send({ to: resolver, data })
    return { receipt, result: resolutionOf(receipt, scenario) }
  })
}

function byAttester(a: Verdict, b: Verdict): number {
  return hexToBigInt(a.attester) < hexToBigInt(b.attester) ? -1 : 1
}
