import type { Address, Hex } from 'viem'
import type { AllianceTerms } from '../../actions/network/create-alliance.ts'
import { ALLIANCE_PHASES, type AlliancePhase } from '../../alliance-phase.ts'
import { ask } from '../../ask.ts'
import { allianceAbi } from '../../generated/network/alliance.ts'
import { TOGETHER } from '../../together.ts'
import type { ChainReader } from '../../types.ts'

/** An alliance as it is now. */
export type AllianceState = {
  readonly id: bigint
  /** What participants stake on. */
  readonly task: bigint
  readonly creator: Address
  readonly phase: AlliancePhase
  /** The round that is open, or comes next; counted from 1. */
  readonly round: number
  /** Unix seconds from which the next phase waits for nobody; while idle: from which a round can be opened. */
  readonly until: number
  /** The beacon's round that the draw waits for; while drawing. */
  readonly beaconRound: bigint
  readonly participants: readonly Address[]
  /** The global model's digest. */
  readonly model: Hex
  /** wei for the rounds to come, and what the open or the next one pays. */
  readonly pool: bigint
  readonly pot: bigint
  readonly terms: AllianceTerms
}

/**
 * An alliance, all of it as of one block.
 * @throws {ChainError} UNKNOWN_ALLIANCE.
 */
export async function readAlliance(
  reader: ChainReader,
  { alliance, id }: { readonly alliance: Address; readonly id: bigint },
): Promise<AllianceState> {
  const call = { address: alliance, abi: allianceAbi, args: [id] } as const
  const [view, terms, participants, task, pot] = await ask(
    reader.public.multicall({
      ...TOGETHER,
      contracts: [
        { ...call, functionName: 'allianceOf' },
        { ...call, functionName: 'termsOf' },
        { ...call, functionName: 'participantsOf' },
        { ...call, functionName: 'taskOf' },
        { ...call, functionName: 'potOf' },
      ],
    }),
  )
  const phase = ALLIANCE_PHASES[view.phase] ?? 'none'
  return { ...view, id, task, phase, participants, pot, terms }
}
