import type { Address } from 'viem'
import { ask } from '../../ask.ts'
import { daoAbi } from '../../generated/network/dao.ts'
import { readBlockTag } from '../../read-block-tag.ts'
import type { ChainReader } from '../../types.ts'

/** Where a proposal is, by IGovernor.ProposalState. */
export const PROPOSAL_STATES = [
  'pending',
  'active',
  'canceled',
  'defeated',
  'succeeded',
  'queued',
  'expired',
  'executed',
] as const

/** A proposal as it is now; votes and stake in wei, times in Unix seconds. */
export type ProposalView = {
  readonly state: (typeof PROPOSAL_STATES)[number]
  readonly proposer: Address
  /** The moment whose holdings vote. */
  readonly weighedAt: bigint
  readonly votesFrom: bigint
  readonly votesUntil: bigint
  /** When it can be executed; 0 before it is queued. */
  readonly executableFrom: bigint
  readonly votes: {
    readonly against: bigint
    readonly for: bigint
    readonly abstain: bigint
    readonly scam: bigint
  }
  /** What for and abstain have to reach together. */
  readonly quorum: bigint
  /** Staked on it; 0 once it went back. */
  readonly stake: bigint
}

/**
 * A proposal by its number; on a local chain, which mines only when something is sent, as of now.
 * @throws {ChainError} what OpenZeppelin's Governor says of a number that was never proposed; RPC_FAILED.
 */
export async function readProposal(
  reader: ChainReader,
  { dao, proposal }: { readonly dao: Address; readonly proposal: bigint },
): Promise<ProposalView> {
  const blockTag = readBlockTag(reader)
  const contract = { address: dao, abi: daoAbi, args: [proposal], blockTag } as const
  const read = reader.public.readContract
  const [state, proposer, votesFrom, votesUntil, executableFrom, tally, stake] = await ask(
    Promise.all([
      read({ ...contract, functionName: 'state' }),
      read({ ...contract, functionName: 'proposalProposer' }),
      read({ ...contract, functionName: 'proposalSnapshot' }),
      read({ ...contract, functionName: 'proposalDeadline' }),
      read({ ...contract, functionName: 'proposalEta' }),
      read({ ...contract, functionName: 'tallyOf' }),
      read({ ...contract, functionName: 'stakeOf' }),
    ]),
  )
  const quorum = await ask(
    read({ ...contract, functionName: 'quorum', args: [BigInt(stake.weighedAt)] }),
  )
  const { against, inFavour, abstain, scam } = tally
  return {
    state: PROPOSAL_STATES[state] ?? 'pending',
    proposer,
    weighedAt: BigInt(stake.weighedAt),
    votesFrom,
    votesUntil,
    executableFrom,
    votes: { against, for: inFavour, abstain, scam },
    quorum,
    stake: stake.amount,
  }
}
