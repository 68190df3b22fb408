import { type Address, erc20Abi, parseEventLogs } from 'viem'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { meanPoolAbi } from '../../src/generated/mean-pool.ts'
import {
  type Anvil,
  advanceTime,
  assertRound,
  type ChainAccount,
  claim,
  claimLp,
  closeRegistration,
  closeScenario,
  connectChain,
  exitProportional,
  finalizeRound,
  fundRound,
  joinProportional,
  ONE_TOKEN,
  openMarket,
  quoteExactIn,
  quoteExactOut,
  readAssertion,
  readBlockTime,
  readBooks,
  readHistory,
  readManifestBytes,
  readPool,
  readPortfolio,
  readPot,
  readRegistrations,
  readScenario,
  setReceiver,
  sharesHash,
  startAnvil,
  swapExactIn,
  swapExactOut,
  transferToken,
  voidRound,
} from '../../src/index.ts'
import { accountOf } from '../support/accounts.ts'
import {
  createWorld,
  MANIFEST,
  mint,
  newScenario,
  registerAs,
  STREAM_WINDOW,
  type World,
} from '../support/federation.ts'

const EVIDENCE = `0x${'ee'.repeat(32)}` as const
const MODEL = `0x${'dd'.repeat(32)}` as const
const POT = 1_000n * ONE_TOKEN + 7n

// One federation from its creation to its last wei; each test goes on where the one before it stopped.
describe('a federation on a real chain', () => {
  let anvil: Anvil
  let world: World
  let scenario: Address
  let pool: Address
  let clients: readonly Awaited<ReturnType<typeof registerAs>>[]
  let investor: ChainAccount
  let provider: ChainAccount

  beforeAll(async () => {
    anvil = await startAnvil()
    world = await createWorld(await connectChain({ rpcUrl: anvil.rpcUrl }))
    investor = await accountOf(world.reader, 'investor')
    provider = await accountOf(world.reader, 'provider')
    await mint(world, investor.address)
    await mint(world, provider.address)
  }, 60_000)

  afterAll(() => anvil?.stop())

  const deadline = async (): Promise<bigint> => (await readBlockTime(world.reader)) + 3_600n

  const balance = (token: Address, holder: Address): Promise<bigint> =>
    world.reader.public.readContract({
      address: token,
      abi: erc20Abi,
      functionName: 'balanceOf',
      args: [holder],
    })

  const settle = async (round: number, shares: readonly number[]) => {
    const { federator } = world
    await fundRound(federator, { scenario, round, amount: POT })
    await assertRound(federator, {
      scenario,
      round,
      shares,
      evidenceRoot: EVIDENCE,
      modelDigest: MODEL,
    })
    return finalizeRound(investor, { scenario, round, shares })
  }

  it('creates a Scenario and its pool and shows the very manifest that was given', async () => {
    const created = await newScenario(world)
    ;({ scenario, pool } = created)
    expect(created.id).toBe(1n)
    expect(created.gasUsed).toBeGreaterThan(100_000n)
    const { reader, orchestrator } = world
    expect(await readManifestBytes(reader, { scenario, orchestrator })).toEqual(MANIFEST)
    const state = await readScenario(reader, { scenario, orchestrator })
    expect(state).toMatchObject({
      address: scenario,
      orchestrator,
      pool,
      federator: world.federator.address,
      poolOpen: false,
      phase: 'registering',
      endpoint: '/ip4/127.0.0.1/tcp/4001',
      clients: [],
      totals: { deposited: 0n, claimed: 0n, returned: 0n },
    })
    expect(state.params.clientSupply).toBe(1_000_000n * ONE_TOKEN)
    expect(state.params.swapFee).toBe((3n * ONE_TOKEN) / 1_000n)
  })

  it('registers three clients, who are read back with their bindings', async () => {
    const first = await registerAs(world, { scenario, name: 'alpha' })
    const second = await registerAs(world, { scenario, name: 'beta' })
    const third = await registerAs(world, { scenario, name: 'gamma' })
    clients = [first, second, third]
    expect(clients.map(({ index }) => index)).toEqual([0, 1, 2])
    const registered = await readRegistrations(world.reader, { scenario })
    expect(registered.map(({ name }) => name)).toEqual(['alpha', 'beta', 'gamma'])
    expect(registered[1]).toMatchObject({
      index: 1,
      controller: second.account.address,
      token: second.token,
      peerKey: second.peerKey,
      binding: new Uint8Array(64).fill(4),
    })
    const state = await readScenario(world.reader, { scenario })
    expect(state.clients.map(({ token }) => token)).toEqual(clients.map(({ token }) => token))
  })

  it('closes registration and opens round 1', async () => {
    expect(await closeRegistration(world.federator, { scenario })).toMatchObject({ clients: 3 })
    const state = await readScenario(world.reader, { scenario })
    expect([state.phase, state.currentRound]).toEqual(['open', 1])
  })

  it('T56 opens the market with an approval of exactly the seed, which is used up', async () => {
    const { lpShares, blockNumber } = await openMarket(provider, { scenario })
    expect(lpShares).toBeGreaterThan(0n)
    const logs = await world.reader.public.getLogs({
      address: world.currency,
      fromBlock: 0n,
      toBlock: blockNumber,
    })
    const approvals = parseEventLogs({ abi: erc20Abi, eventName: 'Approval', logs })
    expect(approvals.map(({ args: { value } }) => value)).toEqual([5_000n * ONE_TOKEN])
    const state = await readPool(world.reader, { pool })
    expect(state.open).toBe(true)
    expect(state.tokens.map(({ balance: held }) => held)).toEqual([
      5_000n * ONE_TOKEN,
      150_000n * ONE_TOKEN,
      150_000n * ONE_TOKEN,
      150_000n * ONE_TOKEN,
    ])
    // (5000 / 0.5) / (150000 / (0.5 / 3)) = 1/90, but for the last digits of 0.5 / 3.
    const [, alpha] = state.tokens
    expect(alpha?.price).toBe(ONE_TOKEN / 90n)
    expect(state.tokens.reduce((sum, { weight }) => sum + weight, 0n)).toBe(ONE_TOKEN)
  })

  it('quotes what a swap then gives, with its impact', async () => {
    const [alpha] = clients
    if (alpha === undefined) return expect.unreachable()
    const amountIn = 1_000n * ONE_TOKEN
    const pair = { pool, tokenIn: alpha.token, tokenOut: world.currency }
    const quote = await quoteExactIn(world.reader, { ...pair, amountIn })
    expect(quote.feeIn).toBe(3n * ONE_TOKEN)
    // 1 - (1 - (1/(1+d))^(1/3))/(d/3) for d = 997/150000 is 0.44 %.
    expect(Number(quote.priceImpact) / 1e18).toBeCloseTo(0.00441, 4)
    const swapped = await swapExactIn(alpha.account, {
      ...pair,
      amountIn,
      minOut: quote.amountOut,
      deadline: await deadline(),
    })
    expect(swapped).toMatchObject({ amountIn, amountOut: quote.amountOut })
    expect(await balance(world.currency, alpha.account.address)).toBe(quote.amountOut)
  })

  it('T56 takes back what an exact purchase left of its approval', async () => {
    const [, beta] = clients
    if (beta === undefined) return expect.unreachable()
    const pair = { pool, tokenIn: world.currency, tokenOut: beta.token }
    const amountOut = 10_000n * ONE_TOKEN
    const quote = await quoteExactOut(world.reader, { ...pair, amountOut })
    const bought = await swapExactOut(investor, {
      ...pair,
      amountOut,
      maxIn: quote.amountIn * 2n,
      deadline: await deadline(),
    })
    expect(bought).toMatchObject({ amountIn: quote.amountIn, amountOut })
    const allowance = await world.reader.public.readContract({
      address: world.currency,
      abi: erc20Abi,
      functionName: 'allowance',
      args: [investor.address, pool],
    })
    expect(allowance).toBe(0n)
  })

  it('funds, asserts and finalizes a round, and streams the pot', async () => {
    const shares = [500_000_000, 300_000_000, 200_000_000]
    expect(await readAssertion(world.reader, { scenario, round: 1 })).toBeNull()
    const settled = await settle(1, shares)
    expect(await readAssertion(world.reader, { scenario, round: 1 })).toMatchObject({
      sharesHash: sharesHash({ chainId: 31_337, scenario, round: 1, shares }),
      evidenceRoot: EVIDENCE,
      modelDigest: MODEL,
    })
    expect(await readPot(world.reader, { scenario, round: 1 })).toBe(0n)
    expect(await readPot(world.reader, { scenario, round: 2 })).toBe(settled.carried)
    expect(settled).toMatchObject({ voided: false, pot: POT, transactions: 1 })
    const now = await readBlockTime(world.reader)
    const before = await readBooks(world.reader, { scenario })
    expect(before.deposited).toBe(POT)
    await advanceTime(world.reader, now + BigInt(STREAM_WINDOW) / 2n)
    const half = await readBooks(world.reader, { scenario })
    expect(half.claimable).toBeGreaterThan((POT * 49n) / 100n)
    expect(half.claimable).toBeLessThan((POT * 51n) / 100n)
    expect(half.deposited).toBe(half.claimed + half.claimable + half.carried)
    const { tokens, lp } = await readPortfolio(world.reader, {
      scenario,
      holder: investor.address,
    })
    expect(tokens.map(({ name, owed }) => [name, owed > 0n])).toEqual([
      ['alpha', false],
      ['beta', true],
      ['gamma', false],
    ])
    expect(lp?.balance).toBe(0n)
  })

  it('joins and exits the pool without losing to rounding more than a few wei', async () => {
    const { tokens, lpSupply } = await readPool(world.reader, { pool })
    // A thousandth of the pool, in all tokens; beta and gamma are bought first.
    for (const { token } of clients) {
      const pair = { pool, tokenIn: world.currency, tokenOut: token }
      await swapExactOut(provider, {
        ...pair,
        amountOut: 200n * ONE_TOKEN,
        maxIn: 100n * ONE_TOKEN,
        deadline: await deadline(),
      })
    }
    const lpOut = lpSupply / 1_000n
    const maxIn = tokens.map(({ balance: held }) => held / 900n)
    const limits = { pool, deadline: await deadline() }
    const joined = await joinProportional(provider, { ...limits, lpOut, maxIn })
    expect(joined.lpShares).toBe(lpOut)
    const minOut = tokens.map(() => 0n)
    const exited = await exitProportional(provider, { ...limits, lpIn: lpOut, minOut })
    exited.amounts.forEach((amount, at) => {
      const lost = (joined.amounts[at] ?? 0n) - amount
      expect(lost).toBeGreaterThanOrEqual(0n)
      expect(lost).toBeLessThan(10n)
    })
  })

  it('carries the pot of a voided round on', async () => {
    const { federator } = world
    await fundRound(federator, { scenario, round: 2, amount: POT })
    expect(await voidRound(federator, { scenario, round: 2 })).toMatchObject({
      carried: expect.any(BigInt),
    })
    const { currentRound } = await readScenario(world.reader, { scenario })
    expect(currentRound).toBe(3)
  })

  it('pays a receiver, leaves earnings with the one who transfers, and settles in pages', async () => {
    const [, , gamma] = clients
    if (gamma === undefined) return expect.unreachable()
    await transferToken(gamma.account, {
      token: gamma.token,
      to: investor.address,
      amount: 5_000n * ONE_TOKEN,
    })
    const { federator } = world
    const shares = [0, 1, 3]
    await assertRound(federator, {
      scenario,
      round: 3,
      shares,
      evidenceRoot: EVIDENCE,
      modelDigest: MODEL,
    })
    const settled = await finalizeRound(investor, { scenario, round: 3, shares, pageSize: 2 })
    expect(settled.transactions).toBe(2)
    const receiver = await accountOf(world.reader, 'receiver')
    await setReceiver(gamma.account, { scenario, receiver: receiver.address })
    const paid = await claim(investor, { scenario, holder: gamma.account.address })
    expect(paid?.paid).toBeGreaterThan(0n)
    expect(await balance(world.currency, receiver.address)).toBe(paid?.paid)
  })

  it('after the last stream everybody claims and the books balance to the wei', async () => {
    const { streamEndsAt, phase } = await readScenario(world.reader, { scenario })
    expect(phase).toBe('closed')
    await advanceTime(world.reader, streamEndsAt)
    const people = [...clients.map(({ account }) => account), investor, provider, world.federator]
    let paid = (await readBooks(world.reader, { scenario })).claimed
    for (const account of people) {
      paid += (await claim(account, { scenario }))?.paid ?? 0n
      paid += (await claimLp(account, { pool }))?.paid ?? 0n
    }
    const books = await readBooks(world.reader, { scenario })
    expect(books.claimed).toBe(paid)
    expect(books.claimable).toBe(0n)
    expect(books.streaming).toBe(0n)
    expect(books.deposited).toBe(2n * POT)
    expect(books.deposited).toBe(books.claimed + books.claimable + books.carried)
    expect(books.held).toBe(books.owedByScenario)
    // Less than a wei per holder and token, and what the locked 1e6 LP shares earned.
    expect(books.dust).toBeGreaterThanOrEqual(0n)
    expect(books.dust).toBeLessThan(1_000_000n)
    // What rates cannot express: less than supply * window / 2^64 wei per token and settled round.
    const remainder = (1_000_000n * ONE_TOKEN * BigInt(STREAM_WINDOW)) >> 64n
    expect(books.pots).toBeLessThan(3n * 2n * (remainder + 1n))
    expect(await claim(investor, { scenario })).toBeNull()
    expect(await claimLp(provider, { pool })).toBeNull()
  })

  it('returns what is unspent to the federator and nothing else', async () => {
    const before = await readBooks(world.reader, { scenario })
    if (before.pots > 0n) {
      const { returned } = await closeScenario(world.federator, { scenario })
      expect(returned).toBe(before.pots)
    }
    const after = await readBooks(world.reader, { scenario })
    expect(after.pots).toBe(0n)
    expect(after.deposited).toBe(after.claimed + after.returned + after.carried)
  })

  it('rebuilds swaps, prices, rewards and claims from events alone', async () => {
    const history = await readHistory(world.reader, { scenario })
    const { tokens } = await readPool(world.reader, { pool })
    expect(history.swaps).toHaveLength(5)
    expect(history.prices.at(-1)?.prices).toEqual(tokens.slice(1).map(({ price }) => price))
    expect(history.prices).toHaveLength(8)
    expect(history.funded.map(({ amount }) => amount)).toEqual([POT, POT])
    expect(history.asserted.map(({ round }) => round)).toEqual([1, 3])
    expect(history.settled.map(({ round, voided }) => [round, voided])).toEqual([
      [1, false],
      [2, true],
      [3, false],
    ])
    expect(history.rewards.map(({ round, index }) => [round, index])).toEqual([
      [1, 0],
      [1, 1],
      [1, 2],
      [3, 0],
      [3, 1],
      [3, 2],
    ])
    const { claimed } = await readBooks(world.reader, { scenario })
    expect(history.claims.reduce((sum, { amount }) => sum + amount, 0n)).toBe(claimed)
    const times = history.claims.map(({ time }) => time)
    expect(times).toEqual([...times].sort((a, b) => Number(a - b)))
    expect(times[0]).toBeGreaterThan(1_700_000_000n)
  })

  it('knows the price that the pool itself names', async () => {
    const { tokens } = await readPool(world.reader, { pool })
    const [, alpha] = tokens
    if (alpha === undefined) return expect.unreachable()
    const price = await world.reader.public.readContract({
      address: pool,
      abi: meanPoolAbi,
      functionName: 'spotPrice',
      args: [alpha.token],
    })
    expect(alpha.price).toBe(price)
  })
})
