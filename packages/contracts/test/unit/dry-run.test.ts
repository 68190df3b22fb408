import type { Address } from 'viem'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  type Anvil,
  advanceTime,
  assertRound,
  type ChainAccount,
  type ChainError,
  closeRegistration,
  connectAccount,
  connectChain,
  deployLocalCurrency,
  dryRun,
  finalizeRound,
  fundRound,
  mintLocalCurrency,
  ONE_TOKEN,
  openMarket,
  quoteExactIn,
  readBlockTime,
  readPortfolio,
  readPot,
  startAnvil,
  swapExactIn,
  swapExactOut,
  transferToken,
} from '../../src/index.ts'
import { accountOf } from '../support/accounts.ts'
import { createWorld, mint, newScenario, registerAs, type World } from '../support/federation.ts'
import { startProxy } from '../support/rpc-proxy.ts'

const STRANGER = `0x${'42'.repeat(32)}`
const DIGEST = `0x${'11'.repeat(32)}` as const

describe('dryRun', () => {
  let anvil: Anvil
  let world: World
  let scenario: Address
  let pool: Address
  let token: Address
  let trader: ChainAccount

  beforeAll(async () => {
    anvil = await startAnvil()
    const reader = await connectChain({ rpcUrl: anvil.rpcUrl })
    world = await createWorld(reader)
    ;({ scenario, pool } = await newScenario(world))
    ;({ token } = await registerAs(world, { scenario, name: 'alpha' }))
    await registerAs(world, { scenario, name: 'beta' })
    await closeRegistration(world.federator, { scenario })
    await openMarket(world.federator, { scenario })
    trader = await accountOf(reader, 'trader')
    await mint(world, trader.address)
  }, 60_000)

  afterAll(() => anvil?.stop())

  const swap = async (amountIn: bigint) => ({
    pool,
    tokenIn: world.currency,
    tokenOut: token,
    amountIn,
    minOut: 0n,
    deadline: (await readBlockTime(world.reader)) + 3_600n,
  })

  const traces = async (account: ChainAccount) => {
    const { address } = account
    const [nonce, block, portfolio] = await Promise.all([
      account.public.getTransactionCount({ address, blockTag: 'pending' }),
      account.public.getBlockNumber({ cacheTime: 0 }),
      readPortfolio(account, { scenario, holder: address }),
    ])
    return { nonce, block, portfolio }
  }

  it('says what a swap gives and what it approves, and leaves nothing on the chain', async () => {
    const before = await traces(trader)
    const args = await swap(100n * ONE_TOKEN)
    const quote = await quoteExactIn(world.reader, args)
    const dry = await dryRun(trader, (account) => swapExactIn(account, args))
    expect(dry.outcome.amountOut).toBe(quote.amountOut)
    expect(dry.transactions.map(({ to, approval }) => [to, approval])).toEqual([
      [world.currency, { token: world.currency, spender: pool, amount: args.amountIn }],
      [pool, null],
    ])
    expect(await traces(trader)).toEqual(before)
  })

  it('costs what the action then costs, and gives what it then gives', async () => {
    const args = await swap(10n * ONE_TOKEN)
    const dry = await dryRun(trader, (account) => swapExactIn(account, args))
    const real = await swapExactIn(trader, args)
    expect(dry.outcome.amountOut).toBe(real.amountOut)
    expect(dry.gasUsed).toBe(dry.outcome.gasUsed)
    expect(dry.gasUsed).toBe(real.gasUsed)
  })

  it('shows the approval that an exact purchase takes back', async () => {
    const args = {
      ...(await swap(0n)),
      amountOut: 1_000n * ONE_TOKEN,
      maxIn: 100n * ONE_TOKEN,
    }
    const dry = await dryRun(trader, (account) => swapExactOut(account, args))
    expect(dry.transactions.map(({ approval }) => approval?.amount)).toEqual([
      args.maxIn,
      undefined,
      0n,
    ])
    const real = await swapExactOut(trader, args)
    expect(dry.outcome.amountIn).toBe(real.amountIn)
    expect(dry.gasUsed).toBe(real.gasUsed)
  })

  it('lets each action see what the ones before it would have done', async () => {
    const args = await swap(10n * ONE_TOKEN)
    const dry = await dryRun(trader, async (account) => {
      const there = await swapExactIn(account, args)
      const back = { ...args, tokenIn: token, tokenOut: world.currency, amountIn: there.amountOut }
      const again = await swapExactIn(account, back)
      const { tokens } = await readPortfolio(account, { scenario, holder: account.address })
      return { there, again, left: tokens[0]?.balance }
    })
    const { tokens } = await readPortfolio(trader, { scenario, holder: trader.address })
    expect(dry.outcome.left).toBe(tokens[0]?.balance)
    expect(dry.outcome.again.amountOut).toBeLessThan(args.amountIn)
    expect(dry.transactions).toHaveLength(4)
  })

  it('fails with the sentence of the action, before and after an approval', async () => {
    const args = await swap(10n * ONE_TOKEN)
    const try_ = (changes: object) =>
      dryRun(trader, (account) => swapExactIn(account, { ...args, ...changes }))
    await expect(try_({ amountIn: 10n ** 30n })).rejects.toMatchObject({
      code: 'INSUFFICIENT_BALANCE',
    })
    await expect(try_({ minOut: 10n ** 30n })).rejects.toMatchObject({ code: 'OUT_BELOW_MIN' })
    await expect(try_({ deadline: 1n })).rejects.toMatchObject({ code: 'DEADLINE_PASSED' })
  })

  it('fails as the real one does where no function answers, before and after something ran', async () => {
    const nonsense = { to: pool, data: '0xdeadbeef' } as const
    const approve = { token: world.currency, to: pool, amount: 0n }
    const real = await trader.wallet.transact(nonsense).catch((error: unknown) => error)
    expect(real).toMatchObject({ code: 'CHAIN_REVERTED' })
    for (const before of [() => undefined, (as: ChainAccount) => transferToken(as, approve)]) {
      const dry = dryRun(trader, async (as) => {
        await before(as)
        return as.wallet.transact(nonsense)
      })
      const { code, message } = real as ChainError
      await expect(dry).rejects.toMatchObject({ code, message })
    }
  })

  it('goes through a whole round, deployments included', async () => {
    const { federator } = world
    const before = await traces(federator)
    const dry = await dryRun(federator, async (account) => {
      const { address } = await deployLocalCurrency(account)
      await mintLocalCurrency(account, { currency: address, to: account.address, amount: 5n })
      await fundRound(account, { scenario, round: 1, amount: 7n * ONE_TOKEN })
      const anchor = { scenario, round: 1, shares: [1, 3] }
      await assertRound(account, { ...anchor, evidenceRoot: DIGEST, modelDigest: DIGEST })
      return finalizeRound(account, { ...anchor, pageSize: 1 })
    })
    expect(dry.outcome).toMatchObject({ voided: false, pot: 7n * ONE_TOKEN, transactions: 2 })
    expect(dry.transactions[0]).toMatchObject({ to: null, approval: null })
    expect(await traces(federator)).toEqual(before)
    expect(await readPot(federator, { scenario, round: 1 })).toBe(0n)
  })

  it('lives in the present, however old the latest block is', async () => {
    const now = await readBlockTime(world.reader)
    await advanceTime(world.reader, now + 100n)
    const args = { ...(await swap(10n * ONE_TOKEN)), deadline: now + 50n }
    await expect(dryRun(trader, (account) => swapExactIn(account, args))).rejects.toMatchObject({
      code: 'DEADLINE_PASSED',
    })
  })

  it('works on other chains too, from their latest block, for an account that owns nothing', async () => {
    const other = await startAnvil({ chainId: 4_242 })
    try {
      const account = await connectAccount({ rpcUrl: other.rpcUrl, privateKey: STRANGER })
      const dry = await dryRun(account, async (as) => {
        const { address: currency } = await deployLocalCurrency(as)
        await mintLocalCurrency(as, { currency, to: as.address, amount: 5n })
        await transferToken(as, { token: currency, to: world.federator.address, amount: 5n })
        return transferToken(as, { token: currency, to: world.federator.address, amount: 1n })
      }).catch((error: unknown) => error)
      expect(dry).toMatchObject({
        code: 'INSUFFICIENT_BALANCE',
        details: { values: { balance: '0' } },
      })
      expect(await account.public.getBlockNumber({ cacheTime: 0 })).toBe(0n)
    } finally {
      await other.stop()
    }
  })

  it('signs nothing', async () => {
    const sign = dryRun(trader, (account) =>
      account.wallet.signTypedData({
        domain: {},
        types: { Word: [{ name: 'text', type: 'string' }] },
        primaryType: 'Word',
        message: { text: 'yes' },
      }),
    )
    await expect(sign).rejects.toMatchObject({ code: 'DRY_RUN_SIGNS_NOTHING' })
  })

  it('says so when the node cannot simulate', async () => {
    const proxy = await startProxy(anvil.rpcUrl, ({ method }, answer) =>
      method === 'eth_simulateV1'
        ? { jsonrpc: '2.0', id: answer.id, error: { code: -32_601, message: 'no such method' } }
        : answer,
    )
    const account = await connectAccount({ rpcUrl: proxy.rpcUrl, privateKey: STRANGER })
    try {
      const run = dryRun(account, (dry) => openMarket(dry, { scenario }))
      await expect(run).rejects.toMatchObject({ code: 'INSUFFICIENT_BALANCE' })
      const mintOwn = dryRun(account, (dry) =>
        mintLocalCurrency(dry, { currency: world.currency, to: dry.address, amount: 1n }),
      )
      await expect(mintOwn).rejects.toMatchObject({ code: 'DRY_RUN_UNSUPPORTED' })
    } finally {
      await proxy.stop()
    }
  })
})
