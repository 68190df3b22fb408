import type { Address, Hex } from 'viem'
import { ask } from '../../ask.ts'
import { modelMarketAbi } from '../../generated/network/model-market.ts'
import type { ChainReader } from '../../types.ts'

/** IBounties' BountyState, in its order; the first is none at all. */
const STATES = ['none', 'open', 'awarded', 'refunded'] as const
const KINDS = ['data', 'model'] as const

/** Data or a model that somebody pays for, and who proposed what. */
export type BountyView = {
  readonly bounty: bigint
  readonly kind: (typeof KINDS)[number]
  readonly state: 'open' | 'awarded' | 'refunded'
  readonly sponsor: Address
  /** In wei; held while it is open. */
  readonly amount: bigint
  /** Digest of the document that says what is wanted. */
  readonly spec: Hex
  /** Unix seconds until which proposals are taken. */
  readonly deadline: number
  /** By their index. */
  readonly proposals: readonly { readonly proposer: Address; readonly digest: Hex }[]
}

/** All bounties, in the order in which they were opened. @throws {ChainError} RPC_FAILED. */
export async function readBounties(
  reader: ChainReader,
  { market }: { readonly market: Address },
): Promise<readonly BountyView[]> {
  const read = { address: market, abi: modelMarketAbi, functionName: 'bounties' } as const
  const count = await ask(reader.public.readContract(read))
  const numbers = Array.from({ length: Number(count) }, (_, i) => BigInt(i + 1))
  return Promise.all(numbers.map((bounty) => readBounty(reader, { market, bounty })))
}

async function readBounty(
  reader: ChainReader,
  { market, bounty }: { readonly market: Address; readonly bounty: bigint },
): Promise<BountyView> {
  const contract = { address: market, abi: modelMarketAbi } as const
  const call = { ...contract, functionName: 'bountyOf', args: [bounty] } as const
  const found = await ask(reader.public.readContract(call))
  const { sponsor, amount, spec, deadline } = found
  const proposals = await ask(
    Promise.all(
      Array.from({ length: found.proposals }, (_, index) =>
        reader.public.readContract({
          ...contract,
          functionName: 'bountyProposalOf',
          args: [bounty, index],
        }),
      ),
    ),
  )
  const state = STATES[found.state]
  return {
    ...{ bounty, sponsor, amount, spec, deadline, proposals },
    kind: KINDS[found.kind] ?? 'data',
    // Numbers up to the contract's count are of bounties that were opened.
    state: state === undefined || state === 'none' ? 'open' : state,
  }
}
