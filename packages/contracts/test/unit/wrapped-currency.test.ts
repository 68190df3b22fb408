import { type Address, erc20Abi, getAddress } from 'viem'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  type Anvil,
  type ChainAccount,
  connectChain,
  deployWrappedCurrency,
  dryRun,
  mintLocalCurrency,
  startAnvil,
  unwrap,
  wrap,
} from '../../src/index.ts'
import { accountOf } from '../support/accounts.ts'
import { createWorld, newScenario, type World } from '../support/federation.ts'
import { sixDecimals } from '../support/few-decimals.ts'

const DOLLAR = 10n ** 6n
const UNIT = 10n ** 12n

describe('a wrapped currency', () => {
  let anvil: Anvil
  let world: World
  let asset: Address
  let currency: Address
  let holder: ChainAccount

  beforeAll(async () => {
    anvil = await startAnvil()
    world = await createWorld(await connectChain({ rpcUrl: anvil.rpcUrl }))
    const { federator } = world
    const { contractAddress } = await federator.wallet.transact({
      data: sixDecimals(world.currency),
    })
    asset = getAddress(contractAddress as Address)
    holder = await accountOf(world.reader, 'holder')
    await mintLocalCurrency(federator, {
      currency: asset,
      to: holder.address,
      amount: 100n * DOLLAR,
    })
    const names = { name: 'Wrapped dollar', symbol: 'wUSD' }
    ;({ address: currency } = await deployWrappedCurrency(federator, { asset, ...names }))
  }, 60_000)

  afterAll(() => anvil?.stop())

  const balanceOf = (token: Address, of: Address) =>
    world.reader.public.readContract({
      address: token,
      abi: erc20Abi,
      functionName: 'balanceOf',
      args: [of],
    })

  it('is worth its asset, to the last unit, there and back', async () => {
    const assets = 40n * DOLLAR + 1n
    const dry = await dryRun(holder, (as) => wrap(as, { currency, assets }))
    expect(dry.transactions[0]?.approval).toEqual({
      token: asset,
      spender: currency,
      amount: assets,
    })
    const { amount } = await wrap(holder, { currency, assets })
    expect(amount).toBe(assets * UNIT)
    expect(await balanceOf(currency, holder.address)).toBe(amount)
    const other = await accountOf(world.reader, 'other')
    expect(await unwrap(holder, { currency, amount, to: other.address })).toMatchObject({ assets })
    expect(await balanceOf(asset, other.address)).toBe(assets)
    expect(await balanceOf(currency, holder.address)).toBe(0n)
  })

  it('can be the currency of a federation, which its asset cannot', async () => {
    await expect(newScenario(world, { currency })).resolves.toMatchObject({ id: 1n })
    await expect(newScenario(world, { currency: asset })).rejects.toMatchObject({
      code: 'INVALID_PARAM',
      message: expect.stringContaining('currency'),
    })
  })

  it('says what is short in units of the asset', async () => {
    await expect(wrap(holder, { currency, assets: 1_000n * DOLLAR })).rejects.toMatchObject({
      code: 'INSUFFICIENT_BALANCE',
      message: expect.stringMatching(/owns 59\.999999 of token \S+, not 1000$/),
    })
  })

  it('gives out whole units of the asset only', async () => {
    await wrap(holder, { currency, assets: DOLLAR })
    await expect(unwrap(holder, { currency, amount: UNIT + 1n })).rejects.toMatchObject({
      code: 'NOT_A_MULTIPLE',
      message: expect.stringContaining('no unit smaller than 0.000001'),
    })
    await expect(unwrap(holder, { currency, amount: 2n * DOLLAR * UNIT })).rejects.toMatchObject({
      code: 'INSUFFICIENT_BALANCE',
    })
  })

  it('is not made of what has 18 decimals already', async () => {
    const twice = deployWrappedCurrency(holder, { asset: currency, name: 'x', symbol: 'x' })
    await expect(twice).rejects.toMatchObject({ code: 'DECIMALS_INVALID' })
  })
})
