import { concatHex, hexToBigInt, parseSignature, toHex, zeroAddress, zeroHash } from 'viem'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  type Anvil,
  advanceTime,
  type ChainAccount,
  type ChainReader,
  connectChain,
  depositBalance,
  listModel,
  ONE_TOKEN,
  rateModel,
  readBuyer,
  readCredit,
  readListing,
  readListings,
  readMarketEpoch,
  readRedemption,
  readVoucherWorth,
  redeemVoucher,
  requestWithdraw,
  setListing,
  shareRevenue,
  signVoucher,
  startAnvil,
  transferToken,
  voucherSigner,
  withdrawBalance,
  withdrawCredit,
} from '../../../src/index.ts'
import { accountOf } from '../../support/accounts.ts'
import { createNetwork, digestOf, type TestNetwork } from '../../support/network.ts'

const PRICE = ONE_TOKEN / 10n
/** Order of secp256k1 (SEC 2): s and its complement verify alike. */
const SECP256K1_ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n
const DEPOSIT = 100n * ONE_TOKEN

// One market: each test goes on where the one before it ended.
describe('the model market', () => {
  let anvil: Anvil
  let reader: ChainReader
  let network: TestNetwork
  let owner: ChainAccount
  let buyer: ChainAccount
  let listing: bigint

  beforeAll(async () => {
    anvil = await startAnvil()
    reader = await connectChain({ rpcUrl: anvil.rpcUrl })
    network = await createNetwork(reader)
    owner = await accountOf(reader, 'owner')
    buyer = await accountOf(reader, 'buyer')
    const { token } = network.contracts
    await transferToken(network.founder, { token, to: buyer.address, amount: DEPOSIT })
  }, 120_000)
  afterAll(() => anvil?.stop())

  const market = () => network.contracts.market
  const epochNow = async () => (await readMarketEpoch(reader, { market: market() })).epoch
  async function signed(uses: number, amount: bigint) {
    const terms = { listing, epoch: await epochNow(), uses, amount }
    const signature = await signVoucher(buyer, { market: market(), ...terms })
    return { voucher: { buyer: buyer.address, ...terms }, signature }
  }

  it('lists a model', async () => {
    const terms = { model: digestOf('model'), price: PRICE, scenario: zeroAddress, scenarioBps: 0 }
    ;({ listing } = await listModel(owner, { market: market(), ...terms }))
    expect(await readListing(reader, { market: market(), listing })).toMatchObject({
      owner: owner.address,
      price: PRICE,
      daoBps: 500,
      open: true,
    })
    expect(await readListing(reader, { market: market(), listing: 9n })).toBeUndefined()
    expect(await readListings(reader, { market: market() })).toHaveLength(1)
  })

  it('redeems a thousand uses in one transaction, whatever the price is by then', async () => {
    await depositBalance(buyer, { market: market(), buyer: buyer.address, amount: DEPOSIT })
    const { voucher, signature } = await signed(1_000, 90n * ONE_TOKEN)
    await setListing(owner, { market: market(), listing, price: 2n * PRICE, open: true })
    expect(await readVoucherWorth(reader, { market: market(), voucher, signature })).toBe(
      voucher.amount,
    )
    const { paid } = await redeemVoucher(owner, { market: market(), voucher, signature })
    expect(paid).toBe(90n * ONE_TOKEN)
    const { epoch } = voucher
    const redemption = { market: market(), buyer: buyer.address, listing, epoch }
    expect(await readRedemption(reader, redemption)).toEqual({ amount: paid, uses: 1_000 })
    await expect(
      redeemVoucher(owner, { market: market(), voucher, signature }),
    ).rejects.toMatchObject({ code: 'VOUCHER_STALE' })
  })

  it('refuses a voucher of another chain, or for another amount', async () => {
    const { voucher } = await signed(1_001, 91n * ONE_TOKEN)
    const elsewhere = { ...buyer, chainId: 8453 }
    const { buyer: _, ...terms } = voucher
    const signature = await signVoucher(elsewhere, { market: market(), ...terms })
    await expect(
      redeemVoucher(owner, { market: market(), voucher, signature }),
    ).rejects.toMatchObject({ code: 'VOUCHER_SIGNATURE_INVALID' })
  })

  it('knows who signed a voucher by the rules of the contract', async () => {
    const { voucher, signature } = await signed(1_001, 91n * ONE_TOKEN)
    const place = { chainId: reader.chainId, market: market() }
    const worth = (by: `0x${string}`) =>
      readVoucherWorth(reader, { market: market(), voucher, signature: by })
    expect(await voucherSigner(place, voucher, signature)).toBe(buyer.address)
    expect(await voucherSigner({ ...place, chainId: 1 }, voucher, signature)).not.toBe(
      buyer.address,
    )
    const { r, s, yParity } = parseSignature(signature)
    const mirrored = concatHex([
      r,
      toHex(SECP256K1_ORDER - hexToBigInt(s), { size: 32 }),
      yParity === 0 ? '0x1c' : '0x1b',
    ])
    const short = concatHex([r, s, yParity === 0 ? '0x00' : '0x01'])
    for (const other of [mirrored, short, concatHex([signature, '0x00'])]) {
      expect(await voucherSigner(place, voucher, other)).toBeUndefined()
      await expect(worth(other)).rejects.toMatchObject({ code: 'VOUCHER_SIGNATURE_INVALID' })
    }
  })

  it('takes a rating from who paid, once', async () => {
    const rating = { market: market(), listing, epoch: await epochNow(), content: zeroHash }
    await rateModel(buyer, { ...rating, score: 4 })
    await expect(rateModel(buyer, { ...rating, score: 5 })).rejects.toMatchObject({
      code: 'ALREADY_RATED',
    })
    await expect(rateModel(owner, { ...rating, score: 5 })).rejects.toMatchObject({
      code: 'NOT_A_BUYER',
    })
    const view = await readListing(reader, { market: market(), listing })
    expect(view?.feedback).toEqual({ ratings: 1n, mean: 4, weightedMean: 4 })
  })

  it('shares revenue out, and pays it', async () => {
    await shareRevenue(buyer, { market: market(), listing })
    const share = await readCredit(reader, { holder: market(), account: owner.address })
    expect(share).toBe((90n * ONE_TOKEN * 9_500n) / 10_000n)
    await withdrawCredit(owner, { holder: market(), to: owner.address })
    await expect(
      withdrawCredit(owner, { holder: market(), to: owner.address }),
    ).rejects.toMatchObject({ code: 'AMOUNT_ZERO' })
  })

  it('pays a balance back once every voucher has expired', async () => {
    await requestWithdraw(buyer, { market: market(), amount: 10n * ONE_TOKEN })
    const { spendable, payableAt } = await readBuyer(reader, {
      market: market(),
      buyer: buyer.address,
    })
    expect(spendable).toBe(0n)
    const to = buyer.address
    await expect(withdrawBalance(buyer, { market: market(), to })).rejects.toMatchObject({
      code: 'WITHDRAWAL_WAITING',
    })
    await advanceTime(reader, BigInt(payableAt))
    await withdrawBalance(buyer, { market: market(), to })
    expect((await readBuyer(reader, { market: market(), buyer: to })).amount).toBe(0n)
  })
})
