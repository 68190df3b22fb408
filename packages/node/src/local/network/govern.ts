import {
  advanceTime,
  castVote,
  delegateVotes,
  executeProposal,
  type GovernedParameter,
  listTaskCall,
  type NetworkCall,
  type Proposal,
  propose,
  queueProposal,
  readBlockTime,
  readGovernedParameters,
  readProposal,
  returnProposalStake,
  taskIdOf,
} from '@fednode/contracts'
import { LocalError } from '../local-error.ts'
import type { NetworkCast } from './network-cast.ts'
import type { GovernanceOutcome } from './network-result.ts'

/** The parameter that the story's proposal changes, and to what: less of what nodes earn waits for the task's end. */
const PARAMETER = 'arena.locked'
const PROPOSED = 8_000n
/** What everything that the story lists for emission has in its contract. */
export const FIRST = 1n

/** The tasks' numbers in the StakeManager, also before they are posed. */
export function tasksOf({ network: { contracts } }: NetworkCast): {
  readonly alliance: bigint
  readonly arena: bigint
} {
  return {
    alliance: taskIdOf(contracts.alliance, FIRST),
    arena: taskIdOf(contracts.registry, FIRST),
  }
}

/**
 * A proposal's whole life, with the local chain's clock moved instead of waiting: holders take their votes, the founder proposes to change a
 * parameter and to list the alliance and the task for emission, holders vote, it is queued and carried out, its stake comes back.
 */
export async function govern(cast: NetworkCast): Promise<GovernanceOutcome> {
  const { founder, network, holders } = cast
  const { dao, token } = network.contracts
  for (const { account } of holders) await delegateVotes(account, { token, to: account.address })
  // Votes are weighed as they were the second before the proposal.
  await advanceTime(founder, (await readBlockTime(founder)) + 2n)
  const before = await parameterOf(cast)
  const proposal = proposalOf(cast, before.change(PROPOSED))
  const { proposal: id } = await propose(founder, { dao, ...proposal })
  const { votesFrom, votesUntil, stake, quorum } = await readProposal(founder, {
    dao,
    proposal: id,
  })
  await advanceTime(founder, votesFrom + 1n)
  const ballots = []
  for (const { name, account, vote } of holders) {
    const { weight } = await castVote(account, { dao, proposal: id, vote })
    ballots.push({ name, vote, weight })
  }
  await advanceTime(founder, votesUntil + 1n)
  await queueProposal(founder, { dao, ...proposal })
  const { executableFrom, votes } = await readProposal(founder, { dao, proposal: id })
  await advanceTime(founder, executableFrom + 1n)
  await executeProposal(founder, { dao, ...proposal })
  const { returned } = await returnProposalStake(founder, { dao, proposal: id })
  const after = await parameterOf(cast)
  const { state } = await readProposal(founder, { dao, proposal: id })
  return {
    id,
    description: proposal.description,
    parameter: PARAMETER,
    unit: before.unit,
    before: before.value,
    after: after.value,
    state,
    quorum,
    votes,
    ballots,
    stake,
    stakeReturned: returned,
  }
}

function proposalOf(cast: NetworkCast, change: NetworkCall): Proposal {
  const { taskEmission } = cast.network.contracts
  const { alliance, arena } = tasksOf(cast)
  const calls = [
    change,
    listTaskCall({ taskEmission, task: alliance }),
    listTaskCall({ taskEmission, task: arena }),
  ]
  return {
    calls: calls.map(({ to: target, data }) => ({ target, value: 0n, data })),
    description:
      'Nodes of the arena get a fifth of what they earn at once (arena.locked: 90 % -> 80 %), and alliance 1 and task 1 get their part of the emission',
  }
}

async function parameterOf({ founder, network }: NetworkCast): Promise<GovernedParameter> {
  const parameters = await readGovernedParameters(founder, network)
  const found = parameters.find(({ name }) => name === PARAMETER)
  if (found !== undefined) return found
  throw new LocalError(`governance has no parameter ${PARAMETER}`, {
    code: 'LOCAL_CHAIN_STATE',
    what: PARAMETER,
  })
}
