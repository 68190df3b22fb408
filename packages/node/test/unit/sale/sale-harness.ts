import { type Voucher, voucherDigest } from '@fednode/contracts'
import type { Features } from '@fednode/engine'
import { decodeManifest, type Manifest, silentLogger, UserError } from '@fednode/protocol'
import { privateKeyToAccount } from 'viem/accounts'
import { sampleEvidence } from '../../../../aggregator/test/support/sample-evidence.ts'
import { createSeller, type SellerDeps } from '../../../src/sale/create-seller.ts'
import { createGivenVouchers, type GivenVouchers } from '../../../src/sale/given-vouchers.ts'
import { openSaleDatabase } from '../../../src/sale/sale-database.ts'
import { createTakenVouchers, type TakenVouchers } from '../../../src/sale/taken-vouchers.ts'
import type { BuyerDeps } from '../../../src/sale/use-model.ts'
import { temporaryDirectory } from '../temporary-directory.ts'

export const PRICE = 7n
export const LISTING = 3n
export const PLACE = { chainId: 31_337, market: `0x${'5a'.repeat(20)}` } as const
const KEY = privateKeyToAccount(`0x${'11'.repeat(32)}`)
export const BUYER = KEY.address.toLowerCase() as `0x${string}`

/** What the chain says; tests change it. */
export type FakeChain = {
  price: bigint
  open: boolean
  epoch: number
  spendable: bigint
  redeemed: bigint
  /** Code of the contract's refusal. */
  refusal: string | undefined
}

/** A seller and a buyer with real books and signatures, a chain of plain values, and a model that adds a row up. */
export type SaleWorld = {
  readonly chain: FakeChain
  readonly taken: TakenVouchers
  readonly given: GivenVouchers
  readonly seller: (request: Uint8Array) => Promise<Uint8Array>
  readonly buyer: BuyerDeps
  /** What the buyer signed, in order. */
  readonly signed: Omit<Voucher, 'buyer'>[]
  /** Between the two; tests break it. */
  line(request: Uint8Array): Promise<Uint8Array>
}

export async function saleWorld(): Promise<SaleWorld> {
  const { manifestBytes } = await sampleEvidence(2, () => 0)
  const manifest = decodeManifest(manifestBytes)
  const directory = temporaryDirectory()
  const database = openSaleDatabase(directory)
  const chain: FakeChain = {
    ...{ price: PRICE, open: true, epoch: 5, spendable: 10_000n },
    ...{ redeemed: 0n, refusal: undefined },
  }
  const taken = createTakenVouchers(database, PLACE)
  const given = createGivenVouchers(database, { ...PLACE, listing: LISTING, buyer: BUYER })
  const signed: Omit<Voucher, 'buyer'>[] = []
  const asked = chainOf(chain)
  const seller = createSeller({ ...PARTS, model: modelOf(manifest), taken, chain: asked })
  const world: SaleWorld = {
    ...{ chain, taken, given, seller, signed },
    line: seller,
    buyer: {
      ...{ place: PLACE, listing: LISTING, buyer: BUYER, given, chain: asked },
      asker: { ask: (request) => world.line(request) },
      async sign(voucher) {
        signed.push(voucher)
        return signatureOf({ buyer: BUYER, ...voucher })
      },
      onBatch() {},
    },
  }
  return world
}

const PARTS = {
  place: PLACE,
  listing: LISTING,
  proof: async () => ({ until: 1, signature: `0x${'00'.repeat(65)}` }),
  logger: silentLogger,
  onSold() {},
} satisfies Partial<SellerDeps>

/** Two numbers for each row, as a classifier of two classes has them. */
function modelOf(manifest: Manifest): SellerDeps['model'] {
  return {
    digest: `0x${'cd'.repeat(32)}`,
    manifest,
    data: manifest.data,
    predict: ({ features, count }) =>
      Float64Array.from({ length: 2 * count }, (_, index) => Number(features[index])),
  }
}

function chainOf(chain: FakeChain): SellerDeps['chain'] {
  return {
    terms: async () => ({
      model: `0x${'cd'.repeat(32)}`,
      owner: BUYER,
      oldestEpoch: chain.epoch - 1,
      ...chain,
    }),
    spendable: async () => chain.spendable,
    redeemed: async () => chain.redeemed,
    async worth({ voucher }) {
      const code = chain.refusal
      if (code !== undefined) throw new UserError('refused', 'the contract refuses', { code })
      const due = voucher.amount - chain.redeemed
      if (due > chain.spendable) return chain.spendable
      return due
    },
  }
}

/** The buyer's signature, on this chain or another. */
export function signatureOf(
  voucher: Voucher,
  chainId: number = PLACE.chainId,
): Promise<`0x${string}`> {
  return KEY.sign({ hash: voucherDigest({ ...PLACE, chainId }, voucher) })
}

/** Rows of two bytes, counted up. */
export function rowsOf(count: number): Features {
  const features = Uint8Array.from({ length: 2 * count }, (_, index) => index)
  return { count, featureShape: [2], features, featureScale: 1 / 255 }
}
