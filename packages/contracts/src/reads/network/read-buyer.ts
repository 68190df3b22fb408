import type { Address } from 'viem'
import { ask } from '../../ask.ts'
import { modelMarketAbi } from '../../generated/network/model-market.ts'
import type { ChainReader } from '../../types.ts'

/** A buyer's prepaid money at the model market; wei. */
export type BuyerBalance = {
  readonly amount: bigint
  readonly withdrawing: bigint
  /** Unix seconds from which it is paid; 0 when nothing is being withdrawn. */
  readonly payableAt: number
  /** What vouchers that are signed now can count on. */
  readonly spendable: bigint
}

/** @throws {ChainError} RPC_FAILED. */
export async function readBuyer(
  reader: ChainReader,
  { market, buyer }: { readonly market: Address; readonly buyer: Address },
): Promise<BuyerBalance> {
  const contract = { address: market, abi: modelMarketAbi, args: [buyer] } as const
  const [balance, spendable] = await ask(
    Promise.all([
      reader.public.readContract({ ...contract, functionName: 'balanceOf' }),
      reader.public.readContract({ ...contract, functionName: 'spendableOf' }),
    ]),
  )
  return { ...balance, spendable }
}

/**
 * What was redeemed of a buyer's vouchers, in wei and uses.
 * @throws {ChainError} RPC_FAILED.
 */
export async function readRedemption(
  reader: ChainReader,
  args: {
    readonly market: Address
    readonly buyer: Address
    readonly listing: bigint
    readonly epoch: number
  },
): Promise<{ readonly amount: bigint; readonly uses: number }> {
  const { market, buyer, listing, epoch } = args
  const { amount, uses } = await ask(
    reader.public.readContract({
      address: market,
      abi: modelMarketAbi,
      functionName: 'redemptionOf',
      args: [buyer, listing, epoch],
    }),
  )
  return { amount, uses }
}

/** Times of a market: its present epoch, how long one is, and how long after its end vouchers are redeemed; seconds. */
export async function readMarketEpoch(
  reader: ChainReader,
  { market }: { readonly market: Address },
): Promise<{
  readonly epoch: number
  readonly epochSeconds: number
  readonly redeemSeconds: number
}> {
  const contract = { address: market, abi: modelMarketAbi } as const
  const [epoch, epochSeconds, redeemSeconds] = await ask(
    Promise.all([
      reader.public.readContract({ ...contract, functionName: 'currentEpoch' }),
      reader.public.readContract({ ...contract, functionName: 'epochSeconds' }),
      reader.public.readContract({ ...contract, functionName: 'redeemSeconds' }),
    ]),
  )
  return { epoch, epochSeconds, redeemSeconds }
}
