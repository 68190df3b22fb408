import { daoAbi } from '../../generated/network/dao.ts'
import type { Proposal } from '../../proposal.ts'
import type { ChainReader } from '../../types.ts'
import { readBlockNumber } from '../block.ts'
import { inBlockRanges } from '../block-ranges.ts'
import type { Network } from './read-network.ts'

/** A proposal with its number: what queueing and executing it take. */
export type MadeProposal = Proposal & { readonly id: bigint }

/**
 * Every proposal that was made in a network, oldest first.
 * @throws {ChainError} RPC_FAILED, CHAIN_LOGS_REFUSED.
 */
export async function readProposals(
  reader: ChainReader,
  { contracts, since }: Pick<Network, 'contracts' | 'since'>,
): Promise<readonly MadeProposal[]> {
  const whole = { from: since, to: await readBlockNumber(reader) }
  const made = {
    address: contracts.dao,
    abi: daoAbi,
    eventName: 'ProposalCreated',
    strict: true,
  } as const
  const events = await inBlockRanges(whole, ({ from, to }) =>
    reader.public.getContractEvents({ ...made, fromBlock: from, toBlock: to }),
  )
  return events.map(({ args }) => {
    const { proposalId: id, targets, values, calldatas, description } = args
    const calls = targets.map((target, at) => ({
      target,
      value: values[at] ?? 0n,
      data: calldatas[at] ?? '0x',
    }))
    return { id, calls, description }
  })
}
