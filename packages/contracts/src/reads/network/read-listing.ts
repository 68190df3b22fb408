import type { Address, Hex } from 'viem'
import { ask } from '../../ask.ts'
import { modelMarketAbi } from '../../generated/network/model-market.ts'
import type { ChainReader } from '../../types.ts'

/** A model that somebody serves; amounts in wei, shares in ten-thousandths. */
export type ModelListing = {
  readonly listing: bigint
  readonly owner: Address
  readonly model: Hex
  readonly price: bigint
  readonly open: boolean
  readonly scenario: Address
  readonly scenarioBps: number
  readonly daoBps: number
  /** Redeemed and not yet shared out; the Scenario's part that waits for its next round. */
  readonly accrued: bigint
  readonly pot: bigint
  readonly feedback: {
    readonly ratings: bigint
    /** Mean score, 1 to 5, and the same weighted by what the raters paid; 0 without ratings. */
    readonly mean: number
    readonly weightedMean: number
  }
}

/**
 * A listing by its number; undefined when there is none.
 * @throws {ChainError} RPC_FAILED.
 */
export async function readListing(
  reader: ChainReader,
  { market, listing }: { readonly market: Address; readonly listing: bigint },
): Promise<ModelListing | undefined> {
  const contract = { address: market, abi: modelMarketAbi, args: [listing] } as const
  const [view, feedback] = await ask(
    Promise.all([
      reader.public.readContract({ ...contract, functionName: 'listingOf' }),
      reader.public.readContract({ ...contract, functionName: 'feedbackOf' }),
    ]),
  )
  if (view.price === 0n) return undefined
  const { ratings, scores, paid, weighted } = feedback
  const mean = { mean: ratioOf(scores, ratings), weightedMean: ratioOf(weighted, paid) }
  return { listing, ...view, feedback: { ratings, ...mean } }
}

/** All listings, in the order in which they were made. @throws {ChainError} RPC_FAILED. */
export async function readListings(
  reader: ChainReader,
  { market }: { readonly market: Address },
): Promise<readonly ModelListing[]> {
  const read = { address: market, abi: modelMarketAbi, functionName: 'listings' } as const
  const count = await ask(reader.public.readContract(read))
  const numbers = Array.from({ length: Number(count) }, (_, i) => BigInt(i + 1))
  const all = await Promise.all(numbers.map((listing) => readListing(reader, { market, listing })))
  return all.filter((listing) => listing !== undefined)
}

/** To a thousandth. */
function ratioOf(sum: bigint, count: bigint): number {
  return count === 0n ? 0 : Number((sum * 1_000n) / count) / 1_000
}
