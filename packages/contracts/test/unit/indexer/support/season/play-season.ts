import { swapExactIn } from '../../../../../src/index.ts'
import { FIRST_CLIENTS, SEASON_ROUNDS, type Season } from './season-cast.ts'
import { expectCode, giveAndClaim, joinWithAll, provide, trade } from './season-market.ts'
import {
  anchor,
  delist,
  disputeLost,
  disputeWon,
  finish,
  fund,
  listLate,
  registerLate,
  settle,
  stopMarket,
  undecided,
  voided,
  wait,
  withoutFederator,
} from './season-rounds.ts'

/** Round from which on the federator is gone, with his last assertion made. */
export const VANISHED = 44
const PAGE = 7
const DAY = 86_400n

type Play = (season: Season, round: number) => Promise<void>

/** Rounds in which something happens; all others are just settled. */
const SPECIAL: Readonly<Record<number, Play>> = {
  5: withLateClient(FIRST_CLIENTS),
  8: voided,
  12: disputeLost,
  16: disputeWon,
  20: withLateClient(FIRST_CLIENTS + 1),
  22: withPause,
  25: (season, round) => settle(season, round, PAGE),
  30: async (season, round) => {
    await delist(season, 4)
    await settle(season, round)
  },
  33: undecided,
  [VANISHED]: lastAssertion,
}

/** Plays all rounds, with trades between them. `look` is called after every round. */
export async function playSeason(season: Season, look: Play): Promise<bigint> {
  for (let round = 1; round <= VANISHED; round += 1) {
    await playMarket(season, round)
    const play = SPECIAL[round] ?? settle
    await play(season, round)
    await wait(season, BigInt(60 + season.random.below(900)))
    await look(season, round)
  }
  return withoutFederator(season, { from: VANISHED + 1, to: SEASON_ROUNDS })
}

async function playMarket(season: Season, round: number): Promise<void> {
  await trade(season)
  await trade(season)
  if (round % 3 === 0) await provide(season)
  if (round % 2 === 0) await giveAndClaim(season)
  if (round === 10 || round === 38) await joinWithAll(season)
}

function withLateClient(index: number): Play {
  return async (season, round) => {
    await registerLate(season, index)
    await settle(season, round)
    await listLate(season)
  }
}

// Nobody trades for three days; rewards and the way out in proportion go on.
async function withPause(season: Season, round: number): Promise<void> {
  await settle(season, round)
  await stopMarket(season)
  const { traders, pool, world, clients, indexer } = season
  const [trader, client] = [traders[0], clients[0]]
  if (trader === undefined || client === undefined) return
  await indexer.sync()
  const [, reserve] = indexer.view().reserves
  const tokenOut = reserve?.token ?? pool
  const swap = { pool, tokenIn: world.currency, tokenOut, amountIn: 10n ** 18n, minOut: 0n }
  const deadline = indexer.view().time + DAY
  await swapExactIn(trader, { ...swap, deadline }).then(
    () => Promise.reject(new Error('a swap went through while the market was paused')),
    (error: unknown) => expectCode(error, ['PAUSED']),
  )
  await giveAndClaim(season)
  await wait(season, 3n * DAY)
}

async function lastAssertion(season: Season, round: number): Promise<void> {
  await fund(season, round)
  // For a round that will never be played: it comes back in the end.
  await fund(season, round + 2)
  const shares = await anchor(season, round)
  // Only now he is gone: whoever is left finalizes what he anchored.
  await wait(season, DAY / 24n)
  await finish(season, round, { shares })
}
