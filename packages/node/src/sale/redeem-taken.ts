import { type ChainAccount, readRedemption, redeemVoucher } from '@fednode/contracts'
import { FedError } from '@fednode/protocol'
import type { TakenVoucher } from './taken-vouchers.ts'

/** What became of one voucher. */
export type Redeemed = {
  readonly taken: TakenVoucher
  /** wei that this brought. */
  readonly paid: bigint
  /** What of it the chain has redeemed by now; wei. */
  readonly redeemed: bigint
  readonly gasUsed: bigint
  /** Why nothing was paid: EARLIER for what was redeemed before, else the contract's refusal. */
  readonly code?: string
}

/** Refusals that leave the other vouchers alone; anything else ends the work. */
const REFUSALS: readonly string[] = ['VOUCHER_EXPIRED', 'BUYER_BROKE', 'VOUCHER_STALE']

/**
 * Redeems one voucher, unless the chain says that it is redeemed: nothing is paid for twice, whenever a process ended.
 * @throws {ChainError} when the chain does not answer, or refuses for another reason than the voucher's.
 */
export async function redeemTaken(
  account: ChainAccount,
  market: `0x${string}`,
  taken: TakenVoucher,
): Promise<Redeemed> {
  const { voucher, signature } = taken
  const { amount: before } = await readRedemption(account, { market, ...voucher })
  if (before >= voucher.amount) {
    return { taken, paid: 0n, redeemed: before, gasUsed: 0n, code: 'EARLIER' }
  }
  try {
    const { paid, gasUsed } = await redeemVoucher(account, { market, voucher, signature })
    return { taken, paid, redeemed: before + paid, gasUsed }
  } catch (error) {
    if (!(error instanceof FedError) || !REFUSALS.includes(error.code)) throw error
    return { taken, paid: 0n, redeemed: before, gasUsed: 0n, code: error.code }
  }
}
