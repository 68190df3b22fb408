import { createHash } from 'node:crypto'
import { type Voucher, voucherSigner } from '@fednode/contracts'
import type { Features } from '@fednode/engine'
import {
  type DataSpec,
  encodeManifest,
  FedError,
  type Logger,
  type Manifest,
} from '@fednode/protocol'
import type { ProviderProof } from './provider-proof.ts'
import type { SaleChain } from './sale-chain.ts'
import type { SalePlace } from './sale-database.ts'
import { decodeRows } from './sale-rows.ts'
import {
  decodeRequest,
  encodeAnswer,
  type SaleAnswer,
  type SaleRefusal,
  type SaleRequest,
} from './sale-wire.ts'
import type { TakenVoucher, TakenVouchers } from './taken-vouchers.ts'

/** What a provider sells, and by what it decides. */
export type SellerDeps = {
  readonly place: SalePlace
  readonly listing: bigint
  readonly model: {
    /** As the listing has it. */
    readonly digest: `0x${string}`
    readonly manifest: Manifest
    /** By which the buyer reads its rows. */
    readonly data: DataSpec
    predict(rows: Features): Float64Array
  }
  /** That the listing's owner stands behind this node. */
  proof(): Promise<ProviderProof>
  readonly taken: TakenVouchers
  readonly chain: SaleChain
  readonly logger: Pick<Logger, 'debug' | 'info'>
  /** Told of every batch that was paid for. */
  onSold(sold: { readonly voucher: Voucher; readonly rows: number }): void
}

type Asked = Extract<SaleRequest, { kind: 'predict' }>

/**
 * Answers requests for predictions. A voucher is on disk before its rows are answered; the same request is answered again for nothing, so
 * that an answer which was lost on its way costs its buyer nothing.
 */
export function createSeller(deps: SellerDeps): (request: Uint8Array) => Promise<Uint8Array> {
  const { listing, model } = deps
  const manifest = encodeManifest({ ...model.manifest, data: model.data }).bytes
  return async (bytes) => {
    const request = decodeRequest(bytes)
    if (request === undefined) return encodeAnswer(refused('BAD_REQUEST'))
    if (request.listing !== listing) return encodeAnswer(refused('OTHER_LISTING'))
    if (request.kind === 'terms') {
      const proof = await proofOf(deps)
      if (proof === undefined) return encodeAnswer(refused('BUSY'))
      return encodeAnswer({ kind: 'terms', model: model.digest, manifest, proof })
    }
    return encodeAnswer(await sell(deps, request))
  }
}

/** undefined while the owner's signer is away. */
async function proofOf({ proof, logger }: SellerDeps): Promise<ProviderProof | undefined> {
  try {
    return await proof()
  } catch (error) {
    if (!(error instanceof FedError)) throw error
    logger.info({ code: error.code }, 'the owner’s word on this node could not be signed')
    return undefined
  }
}

async function sell(deps: SellerDeps, asked: Asked): Promise<SaleAnswer> {
  const { place, listing, taken, model, onSold } = deps
  const { signature, ...terms } = asked.voucher
  const voucher = { ...terms, listing }
  const signer = await voucherSigner(place, voucher, signature)
  if (signer?.toLowerCase() !== voucher.buyer) return refused('BAD_VOUCHER')
  const rows = decodeRows(asked, model.data)
  if (rows === undefined) return refused('BAD_ROWS')
  const request = createHash('sha256').update(asked.form).update(asked.features).digest()
  const fresh = { voucher, signature, request }
  if (isSame(taken.last(listing, voucher.buyer, voucher.epoch), fresh)) return predicted(deps, rows)
  const judged = await judge(deps, fresh, rows.count)
  if ('kind' in judged) return judged
  // Before it is kept: nobody pays for rows that the model cannot read.
  const answer = predicted(deps, rows)
  if (answer.kind === 'refused') return answer
  // Another request of this buyer may have come in between.
  if (!taken.take(fresh, judged.cost)) return paidTooLittle(deps, voucher)
  onSold({ voucher, rows: rows.count })
  return answer
}

/** Asks the chain whether a voucher pays for so many rows. */
async function judge(
  deps: SellerDeps,
  { voucher, signature }: Pick<TakenVoucher, 'voucher' | 'signature'>,
  rows: number,
): Promise<{ readonly cost: bigint } | SaleAnswer> {
  const { chain, taken, listing, logger } = deps
  try {
    const { price, open, epoch, oldestEpoch } = await chain.terms(listing)
    if (!open) return refused('LISTING_CLOSED')
    if (voucher.epoch !== epoch) return refused('OTHER_EPOCH')
    const cost = price * BigInt(rows)
    const redeemed = await chain.redeemed(voucher)
    const last = taken.last(listing, voucher.buyer, epoch)?.voucher ?? { uses: 0, amount: 0n }
    // Who lost its book still has the chain's.
    const base = last.amount > redeemed ? last.amount : redeemed
    const isEnough = voucher.amount >= base + cost && voucher.uses >= last.uses + rows
    if (!isEnough) return paidTooLittle(deps, voucher)
    const [spendable, worth] = await Promise.all([
      chain.spendable(voucher.buyer),
      chain.worth({ voucher, signature }),
    ])
    // What older epochs owe is taken from the same balance, and so is the rest of a voucher that it pays in part.
    const owed = voucher.amount - redeemed + owedBefore(taken, voucher, oldestEpoch)
    if (worth < voucher.amount - redeemed || spendable < owed) return refused('BALANCE_TOO_SMALL')
    return { cost }
  } catch (error) {
    if (!(error instanceof FedError)) throw error
    logger.info({ code: error.code, buyer: voucher.buyer }, 'a voucher is refused')
    if (error.code === 'BUYER_BROKE') return refused('BALANCE_TOO_SMALL')
    return refused(error.code === 'RPC_FAILED' ? 'BUSY' : 'UNREDEEMABLE')
  }
}

function owedBefore(
  taken: TakenVouchers,
  { buyer, epoch, listing }: Voucher,
  oldestEpoch: number,
): bigint {
  return taken
    .unredeemed()
    .filter(({ voucher }) => voucher.buyer === buyer && voucher.epoch >= oldestEpoch)
    .filter(({ voucher }) => voucher.epoch !== epoch || voucher.listing !== listing)
    .reduce((sum, { voucher, redeemed }) => sum + voucher.amount - redeemed, 0n)
}

function predicted({ model, logger }: SellerDeps, rows: Features): SaleAnswer {
  try {
    const values = model.predict(rows)
    return {
      kind: 'predictions',
      values: new Uint8Array(values.buffer, values.byteOffset, values.byteLength),
    }
  } catch (error) {
    if (!(error instanceof FedError)) throw error
    logger.info({ code: error.code }, 'rows that the model cannot read')
    return refused('BAD_ROWS')
  }
}

function isSame(
  last: TakenVoucher | undefined,
  { voucher, request }: Pick<TakenVoucher, 'voucher' | 'request'>,
): boolean {
  if (last === undefined || Buffer.compare(last.request, request) !== 0) return false
  return last.voucher.amount === voucher.amount && last.voucher.uses === voucher.uses
}

function refused(code: SaleRefusal): SaleAnswer {
  return { kind: 'refused', code }
}

/** Shows the buyer its own last voucher: it may have lost the answer to it. */
function paidTooLittle({ taken, listing }: SellerDeps, { buyer, epoch }: Voucher): SaleAnswer {
  const last = taken.last(listing, buyer, epoch)
  const answer = { kind: 'refused', code: 'PAID_TOO_LITTLE' } as const
  if (last === undefined) return answer
  const { voucher, signature } = last
  return { ...answer, last: { uses: voucher.uses, amount: voucher.amount, signature } }
}
