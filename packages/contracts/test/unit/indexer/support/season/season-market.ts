import {
  type ChainAccount,
  claim,
  claimLp,
  exitProportional,
  exitSingle,
  joinProportional,
  joinSingle,
  ONE_TOKEN,
  readBlockTime,
  readPortfolio,
  swapExactIn,
  swapExactOut,
  transferToken,
} from '../../../../../src/index.ts'
import type { Season } from './season-cast.ts'

const HOUR = 3_600n

const deadlineOf = async ({ reader }: Season): Promise<bigint> =>
  (await readBlockTime(reader)) + HOUR

/** A trader buys or sells, or swaps one client's tokens for another's. */
export async function trade(season: Season): Promise<void> {
  const { pool, random, traders, indexer } = season
  await indexer.sync()
  const { reserves } = indexer.view()
  const forSale = reserves.filter(({ delisted }) => !delisted)
  const trader = random.pick(traders)
  const tokenOut = random.pick(forSale).token
  const held = await holdingsOf(season, trader)
  const [tokenIn, amountIn] = random.pick(held)
  if (tokenIn === tokenOut) return
  const deadline = await deadlineOf(season)
  if (random.chance(0.2)) {
    const amountOut = (forSale.find(({ token }) => token === tokenOut)?.balance ?? 0n) / 5_000n
    const maxIn = amountIn
    await swapExactOut(trader, { pool, tokenIn, tokenOut, amountOut, maxIn, deadline }).catch(
      // What it holds may not be enough for so much.
      (error: unknown) => expectCode(error, ['IN_ABOVE_MAX', 'AMOUNT_ABOVE_LIMIT']),
    )
    return
  }
  const swap = { pool, tokenIn, tokenOut, amountIn: amountIn / 4n, minOut: 0n, deadline }
  await swapExactIn(trader, swap)
}

async function holdingsOf({ scenario }: Season, trader: ChainAccount) {
  const portfolio = await readPortfolio(trader, { scenario, holder: trader.address })
  const { token, balance } = portfolio.currency
  const money = balance < 40n * ONE_TOKEN ? balance : 40n * ONE_TOKEN
  const tokens = portfolio.tokens.filter((one) => one.balance > ONE_TOKEN)
  return [
    [token, money] as const,
    ...tokens.map(
      (one) =>
        [one.token, one.balance < 4_000n * ONE_TOKEN ? one.balance : 4_000n * ONE_TOKEN] as const,
    ),
  ]
}

/** A provider comes with one token, goes with another, and is paid. */
export async function provide(season: Season): Promise<void> {
  const { pool, random, providers, world, indexer } = season
  const provider = random.pick(providers)
  const deadline = await deadlineOf(season)
  const amountIn = 100n * ONE_TOKEN
  await joinSingle(provider, { pool, tokenIn: world.currency, amountIn, minLp: 1n, deadline })
  await indexer.sync()
  const view = indexer.view()
  const forSale = view.reserves.filter(({ delisted }) => !delisted)
  const lpIn = view.lpBalance(provider.address) / 50n
  const { token: tokenOut } = random.pick(forSale)
  await exitSingle(provider, { pool, tokenOut, lpIn, minOut: 0n, deadline })
  await claimLp(random.pick(season.traders), { pool, holder: provider.address })
}

/** A client goes with a part of everything, and comes back with some of it. */
export async function joinWithAll(season: Season): Promise<void> {
  const { pool, indexer, clients } = season
  const [client] = clients
  if (client === undefined) return
  await indexer.sync()
  const view = indexer.view()
  const deadline = await deadlineOf(season)
  const minOut = view.reserves.map(() => 0n)
  const lpIn = view.lpBalance(client.address) / 2n
  const { amounts: maxIn } = await exitProportional(client, { pool, lpIn, minOut, deadline })
  await joinProportional(client, { pool, lpOut: lpIn / 4n, maxIn, deadline })
}

/** Tokens are given away, and somebody claims for somebody. */
export async function giveAndClaim(season: Season): Promise<void> {
  const { random, clients, traders, scenario, indexer } = season
  await indexer.sync()
  const view = indexer.view()
  const index = random.below(view.clients.length)
  const [client, token] = [clients[index], view.clients[index]?.token]
  if (client === undefined || token === undefined) return
  const amount = view.balance(index, client.address) / 50n
  await transferToken(client, { token, to: random.pick(traders).address, amount })
  await claim(random.pick(traders), { scenario, holder: client.address })
}

/** Passes when an action was refused for one of these reasons. */
export function expectCode(error: unknown, codes: readonly string[]): void {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (!codes.includes(code)) throw error
}

/** Everybody takes out what they are owed and leaves the pool. */
export async function everybodyLeaves(season: Season): Promise<void> {
  const { pool, scenario, indexer, federator, traders, random } = season
  await indexer.sync()
  const view = indexer.view()
  const minOut = view.reserves.map(() => 0n)
  for (const account of accountsOf(season)) {
    const lpIn = view.lpBalance(account.address)
    if (lpIn === 0n) continue
    const deadline = await deadlineOf(season)
    // The federator is gone: his LP shares stay, and what they are owed is brought to him below.
    if (account !== federator) await exitProportional(account, { pool, lpIn, minOut, deadline })
    await claimLp(random.pick(traders), { pool, holder: account.address })
  }
  for (const account of accountsOf(season)) {
    await claim(random.pick(traders), { scenario, holder: account.address })
  }
  // What tokens earned before they came into the market belongs to their clients.
  await claim(random.pick(traders), { scenario, holder: scenario })
}

/** All who may own something. */
export function accountsOf(season: Season): readonly ChainAccount[] {
  const { clients, traders, providers, sceptic, federator } = season
  return [...clients, ...traders, ...providers, sceptic, federator]
}
