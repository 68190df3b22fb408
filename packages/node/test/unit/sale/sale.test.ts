import { TransportError } from '@fednode/protocol'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isDue } from '../../../src/sale/keep-redeeming.ts'
import { decodeAnswer, decodeRequest, encodeRequest } from '../../../src/sale/sale-wire.ts'
import { useModel } from '../../../src/sale/use-model.ts'
import {
  BUYER,
  LISTING,
  PRICE,
  rowsOf,
  type SaleWorld,
  saleWorld,
  signatureOf,
} from './sale-harness.ts'

const EPOCH = 5
/** Six rows in three batches. */
const PURCHASE = { rows: rowsOf(6), batch: 2, width: 2, price: PRICE, max: 1_000n }

/** The seller's word on one voucher for two rows. */
async function offer(
  world: SaleWorld,
  terms: { uses?: number; amount?: bigint; epoch?: number; first?: number } = {},
  chainId?: number,
) {
  const { uses = 2, amount = 2n * PRICE, epoch = EPOCH, first = 1 } = terms
  const signature = await signatureOf(
    { buyer: BUYER, listing: LISTING, epoch, uses, amount },
    chainId,
  )
  const voucher = { buyer: BUYER, epoch, uses, amount, signature }
  const features = Uint8Array.of(first, 2, 3, 4)
  return decodeAnswer(
    await world.seller(
      encodeRequest({ kind: 'predict', listing: LISTING, voucher, form: 'u8', features }),
    ),
  )
}

describe('a seller', () => {
  it('keeps the voucher before it answers', async () => {
    const world = await saleWorld()
    expect(await offer(world)).toMatchObject({ kind: 'predictions' })
    expect(world.taken.last(LISTING, BUYER, EPOCH)?.voucher).toMatchObject({ uses: 2, amount: 14n })
  })

  it('refuses a voucher of another chain, epoch, or amount, and keeps nothing', async () => {
    const world = await saleWorld()
    expect(await offer(world, {}, 1)).toMatchObject({ code: 'BAD_VOUCHER' })
    expect(await offer(world, { epoch: EPOCH + 1 })).toMatchObject({ code: 'OTHER_EPOCH' })
    expect(await offer(world, { amount: 2n * PRICE - 1n })).toEqual({
      kind: 'refused',
      code: 'PAID_TOO_LITTLE',
    })
    expect(await offer(world, { uses: 1 })).toMatchObject({ code: 'PAID_TOO_LITTLE' })
    expect(world.taken.all()).toEqual([])
  })

  it('refuses what it could not redeem: a balance too small, or being withdrawn, and a closed listing', async () => {
    const world = await saleWorld()
    world.chain.spendable = 2n * PRICE - 1n
    expect(await offer(world)).toMatchObject({ code: 'BALANCE_TOO_SMALL' })
    world.chain.spendable = 1_000n
    world.chain.refusal = 'VOUCHER_SIGNATURE_INVALID'
    expect(await offer(world)).toMatchObject({ code: 'UNREDEEMABLE' })
    world.chain.refusal = 'RPC_FAILED'
    expect(await offer(world)).toMatchObject({ code: 'BUSY' })
    world.chain.open = false
    expect(await offer(world)).toMatchObject({ code: 'LISTING_CLOSED' })
    expect(world.taken.all()).toEqual([])
  })

  it('counts what an older epoch still owes against the same balance', async () => {
    const world = await saleWorld()
    await offer(world)
    world.chain.epoch = EPOCH + 1
    world.chain.spendable = 4n * PRICE - 1n
    expect(await offer(world, { epoch: EPOCH + 1 })).toMatchObject({ code: 'BALANCE_TOO_SMALL' })
    world.chain.spendable = 4n * PRICE
    expect(await offer(world, { epoch: EPOCH + 1 })).toMatchObject({ kind: 'predictions' })
    // By then nobody can redeem the first any more.
    world.chain.epoch = EPOCH + 2
    expect(await offer(world, { epoch: EPOCH + 2 })).toMatchObject({ kind: 'predictions' })
  })

  it('asks for more than was redeemed when its own book is lost', async () => {
    const world = await saleWorld()
    world.chain.redeemed = 100n
    expect(await offer(world, { amount: 101n })).toMatchObject({ code: 'PAID_TOO_LITTLE' })
    expect(await offer(world, { amount: 100n + 2n * PRICE })).toMatchObject({ kind: 'predictions' })
  })

  it('answers the same request again for nothing, and other rows never for the same voucher', async () => {
    const world = await saleWorld()
    const first = await offer(world)
    expect(await offer(world)).toEqual(first)
    expect(await offer(world, { first: 9 })).toMatchObject({
      code: 'PAID_TOO_LITTLE',
      last: { uses: 2, amount: 14n },
    })
  })

  it('T8: takes no request apart that has not its form, whatever the bytes', async () => {
    const world = await saleWorld()
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async (bytes) => {
        expect(decodeAnswer(await world.seller(bytes))).toEqual({
          kind: 'refused',
          code: 'BAD_REQUEST',
        })
      }),
    )
    expect(decodeRequest(encodeRequest({ kind: 'terms', listing: LISTING }))).toEqual({
      kind: 'terms',
      listing: LISTING,
    })
  })
})

describe('a buyer', () => {
  it('pays batch by batch with vouchers that add up', async () => {
    const world = await saleWorld()
    const bought = await useModel(world.buyer, PURCHASE)
    expect(bought).toMatchObject({ rows: 6, paid: 6n * PRICE })
    expect([...bought.values]).toEqual([...PURCHASE.rows.features])
    expect(world.signed.map(({ uses, amount }) => [uses, amount])).toEqual([
      [2, 14n],
      [4, 28n],
      [6, 42n],
    ])
    await useModel(world.buyer, PURCHASE)
    expect(world.signed.at(-1)).toMatchObject({ uses: 12, amount: 84n })
  })

  it('loses one batch at most to a provider that does not answer, and gets that answer for nothing later', async () => {
    const world = await saleWorld()
    let asked = 0
    world.line = async (request) => {
      const answer = await world.seller(request)
      asked++
      if (asked === 2) throw new TransportError('gone', { code: 'NO_ANSWER', peer: 'x' })
      return answer
    }
    const first = await useModel(world.buyer, PURCHASE)
    expect(first).toMatchObject({ rows: 2, paid: 14n, failure: { code: 'NO_ANSWER' } })
    expect(world.signed).toHaveLength(2)
    const rest = { ...PURCHASE, rows: { ...rowsOf(4), features: PURCHASE.rows.features.slice(4) } }
    expect(await useModel(world.buyer, rest)).toMatchObject({ rows: 4 })
    expect(world.taken.last(LISTING, BUYER, EPOCH)?.voucher.amount).toBe(6n * PRICE)
  })

  it('goes on after a promise that it does not remember, when its own signature proves it', async () => {
    const world = await saleWorld()
    await offer(world, { uses: 20, amount: 500n })
    expect(await useModel(world.buyer, PURCHASE)).toMatchObject({ rows: 6, paid: 42n })
    expect(world.signed.at(-1)).toMatchObject({ uses: 26, amount: 542n })
  })

  it('never signs for more than its maximum, whatever the provider says', async () => {
    const world = await saleWorld()
    const refused = { ...PURCHASE, max: 41n }
    expect(await useModel(world.buyer, refused)).toMatchObject({
      rows: 4,
      failure: { code: 'TOO_DEAR' },
    })
    expect(world.signed.at(-1)?.amount).toBe(28n)
  })

  it('takes the next epoch when the one that it signed for is over', async () => {
    const world = await saleWorld()
    world.line = async (request) => {
      if (world.signed.length === 1) world.chain.epoch = EPOCH + 1
      return world.seller(request)
    }
    expect(await useModel(world.buyer, PURCHASE)).toMatchObject({ rows: 6 })
    expect(world.signed.map(({ epoch, amount }) => [epoch, amount])).toEqual([
      [5, 14n],
      [6, 14n],
      [6, 28n],
      [6, 42n],
    ])
  })

  it('refuses predictions that are none', async () => {
    const world = await saleWorld()
    world.line = async () => Uint8Array.of(1, 2, 3)
    expect(await useModel(world.buyer, PURCHASE)).toMatchObject({
      rows: 0,
      failure: { code: 'BAD_ANSWER' },
    })
  })
})

it('a voucher is redeemed between the end of its epoch and that of its window, or when too much is owed', () => {
  const voucher = { buyer: BUYER, listing: LISTING, epoch: EPOCH, uses: 1, amount: 10n }
  const times = { epochSeconds: 60, redeemSeconds: 120, redeemAt: undefined }
  const due = (epoch: number, redeemAt?: bigint) =>
    isDue({ voucher, redeemed: 2n }, { ...times, epoch, redeemAt })
  expect([5, 6, 7, 8].map((epoch) => due(epoch))).toEqual([false, true, true, false])
  expect([due(5, 9n), due(5, 8n)]).toEqual([false, true])
})
