import { setTimeout as sleep } from 'node:timers/promises'
import { type ChainAccount, readMarketEpoch } from '@fednode/contracts'
import { FedError } from '@fednode/protocol'
import type { Context } from '../framework/context.ts'
import { oldestEpoch } from './oldest-epoch.ts'
import { redeemTaken } from './redeem-taken.ts'
import type { TakenVoucher, TakenVouchers } from './taken-vouchers.ts'

/** How often vouchers are looked at, in ms: several times within the shortest window (MIN_SECONDS of the contract). */
const CHECK_MS = 10_000

/** What a provider redeems, and when. */
export type Redeeming = {
  readonly account: ChainAccount
  readonly market: `0x${string}`
  readonly taken: TakenVouchers
  /** Redeem before the end of an epoch what is more than this; wei. */
  readonly redeemAt: bigint | undefined
}

/**
 * Redeems vouchers of every epoch that is over, until the signal: once for each buyer and epoch. A chain that is away is asked again, and
 * so is a buyer whose balance is empty, which is said once.
 */
export async function keepRedeeming(
  redeeming: Redeeming,
  { signal, logger, emit }: Pick<Context, 'signal' | 'logger' | 'emit'>,
): Promise<void> {
  const said = new Map<string, string>()
  while (!signal.aborted) {
    try {
      await redeemDue(redeeming, { emit, said })
    } catch (error) {
      if (!(error instanceof FedError)) throw error
      logger.warn({ code: error.code, reason: error.message }, 'vouchers wait to be redeemed')
    }
    // The signal ends the pause.
    await sleep(CHECK_MS, undefined, { signal }).catch(() => {})
  }
}

/**
 * One look at all vouchers.
 * @param how.said - what was said of each voucher that could not be redeemed; kept from look to look.
 * @throws {ChainError}
 */
export async function redeemDue(
  redeeming: Redeeming,
  how: Pick<Context, 'emit'> & { readonly said: Map<string, string> },
): Promise<void> {
  const { account, market, taken, redeemAt } = redeeming
  const { emit, said } = how
  const waiting = taken.unredeemed()
  if (waiting.length === 0) return
  const times = await readMarketEpoch(account, { market })
  for (const one of waiting.filter((each) => isDue(each, { ...times, redeemAt }))) {
    const { paid, redeemed, code } = await redeemTaken(account, market, one)
    taken.noteRedeemed(one.voucher, redeemed)
    const { listing, buyer, epoch } = one.voucher
    const key = `${listing} ${buyer} ${epoch}`
    if (code !== undefined && said.get(key) === code) continue
    if (code === undefined) said.delete(key)
    else said.set(key, code)
    emit({ type: 'redeemed', listing, buyer, epoch, paid, ...(code === undefined ? {} : { code }) })
  }
}

/** Whether a voucher's epoch is over and its window is not, or its buyer owes too much. */
export function isDue(
  { voucher, redeemed }: Pick<TakenVoucher, 'voucher' | 'redeemed'>,
  at: {
    readonly epoch: number
    readonly epochSeconds: number
    readonly redeemSeconds: number
    readonly redeemAt: bigint | undefined
  },
): boolean {
  const { epoch, redeemAt } = at
  if (voucher.epoch < oldestEpoch(at)) return false
  if (redeemAt !== undefined && voucher.amount - redeemed >= redeemAt) return true
  return voucher.epoch < epoch
}
