import { type Address, type Hex, zeroHash } from 'viem'
import { ALLIANCE_VERDICTS, type AllianceVerdict } from '../../alliance-phase.ts'
import type { AllianceBallot } from '../../alliance-vote.ts'
import { ask } from '../../ask.ts'
import { allianceAbi } from '../../generated/network/alliance.ts'
import { TOGETHER } from '../../together.ts'
import type { ChainReader } from '../../types.ts'

/** A round of an alliance, open or past. Seats are counted from 0. */
export type AllianceRound = {
  readonly proposers: readonly {
    readonly account: Address
    /** Frozen before the draw. */
    readonly weight: bigint
    /** Undefined before it came. */
    readonly contribution: Hex | undefined
    /** Whether the voters together approved of it; false before the round has ended. */
    readonly approved: boolean
  }[]
  readonly voters: readonly {
    readonly account: Address
    readonly weight: bigint
    readonly committed: boolean
    /** Undefined before it was revealed. */
    readonly ballot: AllianceBallot | undefined
  }[]
  readonly verdict: AllianceVerdict
  /** What most voted for; undefined when nothing has most, or before the round has ended. */
  readonly digest: Hex | undefined
}

/**
 * A round, as of one block; without seats before its roles were drawn.
 * @throws {ChainError} RPC_FAILED.
 */
export async function readAllianceRound(
  reader: ChainReader,
  args: { readonly alliance: Address; readonly id: bigint; readonly round: number },
): Promise<AllianceRound> {
  const { alliance, id, round } = args
  const blockNumber = await ask(reader.public.getBlockNumber({ cacheTime: 0 }))
  const contract = { address: alliance, abi: allianceAbi } as const
  const call = { ...contract, args: [id, round] } as const
  const together = { ...TOGETHER, blockNumber } as const
  const [view, [proposers, voters]] = await ask(
    reader.public.multicall({
      ...together,
      contracts: [
        { ...call, functionName: 'roundOf' },
        { ...call, functionName: 'seatsOf' },
      ],
    }),
  )
  const seatCall = (seat: number) => ({ ...contract, args: [id, round, BigInt(seat)] }) as const
  const contributionCalls = proposers.map(
    (_, seat) => ({ ...seatCall(seat), functionName: 'contributionOf' }) as const,
  )
  const voteCalls = voters.map(
    (_, seat) => ({ ...seatCall(seat), functionName: 'voteOf' }) as const,
  )
  const said = await ask(
    reader.public.multicall({ ...together, contracts: [...contributionCalls, ...voteCalls] }),
  )
  const contributions = said.filter((one) => typeof one === 'string')
  const votes = said.filter((one) => typeof one !== 'string')
  return {
    proposers: proposers.map(({ voter: account, weight }, seat) => ({
      account,
      weight,
      contribution: known(contributions[seat]),
      approved: has(view.approved, seat),
    })),
    voters: voters.map(({ voter: account, weight }, seat) => ({
      account,
      weight,
      committed: has(view.committed, seat),
      ballot: has(view.revealed, seat) ? ballotOf(votes[seat]) : undefined,
    })),
    verdict: ALLIANCE_VERDICTS[view.verdict] ?? 'undecided',
    digest: known(view.digest),
  }
}

type RawVote = Omit<AllianceBallot, 'score'> & { readonly score: number }

function ballotOf(vote: RawVote | undefined): AllianceBallot | undefined {
  return vote === undefined ? undefined : { ...vote, score: vote.score > 0 ? 1 : -1 }
}

function known(digest: Hex | undefined): Hex | undefined {
  return digest === zeroHash ? undefined : digest
}

function has(bits: bigint, seat: number): boolean {
  return ((bits >> BigInt(seat)) & 1n) !== 0n
}
