import { type Address, encodeFunctionData } from 'viem'
import { ALLIANCE_PHASES, type AlliancePhase } from '../../alliance-phase.ts'
import { ask } from '../../ask.ts'
import { allianceAbi } from '../../generated/network/alliance.ts'
import { act } from '../../send.ts'
import type { ChainAccount, Mined } from '../../types.ts'

/**
 * Takes an alliance to its next phase: opens a round, draws its roles, ends contributions, commitments, or reveals and settles it. Anybody
 * may, once everything has come or its time is over; whoever settles a round is the reporter of those whom it penalises.
 * @returns the phase afterwards.
 * @throws {ChainError} PHASE_RUNNING (it can be tried again), TOO_FEW_PARTICIPANTS, ALLIANCE_FINISHED, UNKNOWN_ALLIANCE.
 */
export function advanceAlliance(
  account: ChainAccount,
  { alliance, id }: { readonly alliance: Address; readonly id: bigint },
): Promise<Mined & { readonly phase: AlliancePhase }> {
  const data = encodeFunctionData({ abi: allianceAbi, functionName: 'advance', args: [id] })
  return act(account, async (send) => {
    const receipt = await send({ to: alliance, data })
    const read = { address: alliance, abi: allianceAbi, functionName: 'allianceOf' } as const
    const { phase } = await ask(account.public.readContract({ ...read, args: [id] }))
    return { receipt, result: { phase: ALLIANCE_PHASES[phase] ?? 'none' } }
  })
}
