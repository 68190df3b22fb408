import type { FederationModel } from '../src/model/federation.ts'
import { exitPool, exitPoolTo, joinPool, joinPoolWith } from '../src/model/federation-liquidity.ts'
import { poolOf } from '../src/model/federation-market.ts'
import {
  claimLpRewards,
  claimRewards,
  settleRound,
  transferTokens,
} from '../src/model/federation-rewards.ts'
import { buyExactOut, sellExactIn } from '../src/model/federation-swap.ts'
import { sharesOf } from '../src/model/lp-dividends.ts'
import { ModelError } from '../src/model/model-error.ts'
import { bookAt, holdingOf } from '../src/model/stream-readings.ts'
import type { SeededRandom } from './seeded-random.ts'

/** Three clients, and the others of Federation.sol. */
export const HOLDERS = [
  'client-0',
  'client-1',
  'client-2',
  'investor',
  'provider',
  'federator',
] as const
/** Federation.sol's CHALLENGE and rounds, in seconds. */
const CHALLENGE = 900n
const ROUNDS = 8
/** Between two steps, in seconds; one in eight pauses is long enough for a stream to end. */
const MAX_PAUSE = 500n
const MAX_LONG_PAUSE = 4_000n
const WAD = 10n ** 18n
const MAX_POT = 10_000n * WAD
const MAX_SHARE = 1_000_000n

/** Steps that forge plays, by number; arguments are indexes and wei. */
export const STEP_CODES = {
  /** Nothing but time: -. */
  wait: 0n,
  /** token, from, to, amount. */
  transfer: 1n,
  /** place of the token in, place of the token out, who, amount in; result: amount out. */
  swapIn: 2n,
  /** place of the token in, place of the token out, who, amount out; result: amount in. */
  swapOut: 3n,
  /** who, shares; result: currency paid. */
  join: 4n,
  /** who, shares; result: currency received. */
  exit: 5n,
  /** token, who; result: paid. */
  claim: 6n,
  /** who; result: paid. */
  claimLp: 7n,
  /** new money, three shares; result: pot with what was carried over. */
  assert: 8n,
  /** clients in the page; result: cursor, 0 at the end. */
  finalize: 9n,
  /** place of the token, who, amount in; result: shares. */
  joinOne: 10n,
  /** place of the token, who, shares; result: amount out. */
  exitOne: 11n,
} as const

/** A history so far. */
export type Story = {
  readonly model: FederationModel
  /** Unix seconds. */
  readonly time: bigint
  readonly round: number
  /** For the next pot, in wei. */
  readonly carried: bigint
  /** The round that is asserted, or being settled. */
  readonly page: {
    readonly pot: bigint
    readonly shares: readonly bigint[]
    readonly from: number
    readonly dueAt: bigint
    readonly rewarded: bigint
    readonly carried: bigint
  } | null
}

/** What happened, as forge reads it. */
export type Step = {
  readonly code: bigint
  readonly args: readonly [bigint, bigint, bigint, bigint]
  readonly result: bigint
  readonly story: Story
}

/** A step that is possible in `story`, or null when the dice fell on one that is not. */
export function randomStep(random: SeededRandom, before: Story): Step | null {
  const longest = random.below(8n) === 0n ? MAX_LONG_PAUSE : MAX_PAUSE
  const time = before.time + (random.below(3n) === 0n ? 0n : random.below(longest))
  const story = { ...before, time }
  const kinds = [
    wait,
    transfer,
    transfer,
    swapIn,
    swapIn,
    swapOut,
    join,
    exit,
    joinOne,
    joinOne,
    exitOne,
    exitOne,
    claim,
    claimLp,
    round,
    round,
    round,
  ]
  const step = kinds[Number(random.below(BigInt(kinds.length)))]
  try {
    return step?.(random, story) ?? null
  } catch (error) {
    // A trade below the least, a join without every token: the contracts refuse it, so it is no step.
    if (error instanceof ModelError) return null
    throw error
  }
}

function wait(_random: SeededRandom, story: Story): Step {
  return { code: STEP_CODES.wait, args: [0n, 0n, 0n, 0n], result: 0n, story }
}

function transfer(random: SeededRandom, story: Story): Step | null {
  const [index, from, to] = [random.below(3n), random.below(6n), random.below(6n)]
  const { balance } = holdingOf(bookAt(story.model.ledger, Number(index)), nameOf(from))
  if (balance === 0n) return null
  const amount = random.spread(balance / 1_000n + 1n, balance)
  const move = {
    index: Number(index),
    from: nameOf(from),
    to: nameOf(to),
    amount,
    time: story.time,
  }
  const model = transferTokens(story.model, move)
  return {
    code: STEP_CODES.transfer,
    args: [index, from, to, amount],
    result: 0n,
    story: { ...story, model },
  }
}

function swapIn(random: SeededRandom, story: Story): Step | null {
  const [tokenIn, tokenOut, who] = [random.below(4n), random.below(4n), random.below(6n)]
  const limit = spendable(story, { token: tokenIn, who })
  if (tokenIn === tokenOut || limit < WAD) return null
  const amountIn = random.spread(WAD / 1_000n, limit / 2n)
  const order = { tokenIn: Number(tokenIn), tokenOut: Number(tokenOut), amountIn }
  const { model, swap } = sellExactIn(story.model, actorOf(story, who), order)
  return {
    code: STEP_CODES.swapIn,
    args: [tokenIn, tokenOut, who, amountIn],
    result: swap.amountOut,
    story: { ...story, model },
  }
}

function swapOut(random: SeededRandom, story: Story): Step | null {
  const [tokenOut, who] = [1n + random.below(3n), random.below(6n)]
  const balance = poolOf(story.model).reserves[Number(tokenOut)]?.balance ?? 0n
  const amountOut = random.spread(WAD / 1_000n, balance / 50n)
  const order = { tokenIn: 0, tokenOut: Number(tokenOut), amountOut }
  const { model, swap } = buyExactOut(story.model, actorOf(story, who), order)
  return {
    code: STEP_CODES.swapOut,
    args: [0n, tokenOut, who, amountOut],
    result: swap.amountIn,
    story: { ...story, model },
  }
}

function join(random: SeededRandom, story: Story): Step {
  const who = random.below(6n)
  const shares = random.spread(1n, WAD)
  const { model, amounts } = joinPool(story.model, actorOf(story, who), shares)
  return {
    code: STEP_CODES.join,
    args: [who, shares, 0n, 0n],
    result: amounts[0] ?? 0n,
    story: { ...story, model },
  }
}

function exit(random: SeededRandom, story: Story): Step | null {
  const who = random.below(6n)
  const held = sharesOf(story.model.lp, nameOf(who))
  if (held === 0n) return null
  const shares = random.spread(1n, held / 4n + 1n)
  const { model, amounts } = exitPool(story.model, actorOf(story, who), shares)
  return {
    code: STEP_CODES.exit,
    args: [who, shares, 0n, 0n],
    result: amounts[0] ?? 0n,
    story: { ...story, model },
  }
}

function joinOne(random: SeededRandom, story: Story): Step | null {
  const [token, who] = [random.below(4n), random.below(6n)]
  const limit = spendable(story, { token, who })
  if (limit < WAD) return null
  const amount = random.spread(WAD / 1_000n, limit / 2n)
  const { model, shares } = joinPoolWith(story.model, actorOf(story, who), {
    token: Number(token),
    amount,
  })
  return {
    code: STEP_CODES.joinOne,
    args: [token, who, amount, 0n],
    result: shares,
    story: { ...story, model },
  }
}

function exitOne(random: SeededRandom, story: Story): Step | null {
  const [token, who] = [random.below(4n), random.below(6n)]
  const held = sharesOf(story.model.lp, nameOf(who))
  if (held < WAD) return null
  const shares = random.spread(WAD / 1_000n, held / 10n)
  const { model, amounts } = exitPoolTo(story.model, actorOf(story, who), {
    token: Number(token),
    shares,
  })
  return {
    code: STEP_CODES.exitOne,
    args: [token, who, shares, 0n],
    result: amounts[0] ?? 0n,
    story: { ...story, model },
  }
}

function claim(random: SeededRandom, story: Story): Step {
  const [index, who] = [random.below(3n), random.below(6n)]
  const { model, paid } = claimRewards(story.model, actorOf(story, who), [Number(index)])
  return {
    code: STEP_CODES.claim,
    args: [index, who, 0n, 0n],
    result: paid,
    story: { ...story, model },
  }
}

function claimLp(random: SeededRandom, story: Story): Step {
  const who = random.below(6n)
  const { model, paid } = claimLpRewards(story.model, actorOf(story, who))
  return {
    code: STEP_CODES.claimLp,
    args: [who, 0n, 0n, 0n],
    result: paid,
    story: { ...story, model },
  }
}

function round(random: SeededRandom, story: Story): Step | null {
  if (story.page !== null) return finalize(random, story)
  if (story.round > ROUNDS) return null
  // One in four is so small that rates are mostly remainder.
  const money = random.spread(random.below(4n) === 0n ? 1n : WAD, MAX_POT)
  const shares = [
    random.below(MAX_SHARE),
    random.below(3n) === 0n ? 0n : random.below(MAX_SHARE),
    1n + random.below(7n),
  ] as const
  const pot = money + story.carried
  const page = { pot, shares, from: 0, dueAt: story.time + CHALLENGE, rewarded: 0n, carried: 0n }
  return {
    code: STEP_CODES.assert,
    args: [money, ...shares],
    result: pot,
    story: { ...story, page, carried: 0n },
  }
}

function finalize(random: SeededRandom, story: Story): Step | null {
  const { page } = story
  if (page === null || story.time < page.dueAt) return null
  const size = 1n + random.below(4n)
  const to = Math.min(page.from + Number(size), page.shares.length)
  const settled = settleRound(story.model, { ...page, to, time: story.time })
  const rewarded = page.rewarded + settled.rewarded
  const carried = page.carried + settled.carried
  const last = to === page.shares.length
  const next = last
    ? { page: null, round: story.round + 1, carried: page.pot - rewarded + carried }
    : { page: { ...page, from: to, rewarded, carried } }
  return {
    code: STEP_CODES.finalize,
    args: [size, 0n, 0n, 0n],
    result: last ? 0n : BigInt(to),
    story: { ...story, model: settled.model, ...next },
  }
}

/** What `who` can give of a token within a swap's limit, in wei; forge gives everybody plenty of currency. */
function spendable({ model }: Story, { token, who }: { token: bigint; who: bigint }): bigint {
  const limit = ((poolOf(model).reserves[Number(token)]?.balance ?? 0n) * 3n) / 10n
  if (token === 0n) return limit / 4n
  const { balance } = holdingOf(bookAt(model.ledger, Number(token) - 1), nameOf(who))
  return balance < limit ? balance : limit
}

function actorOf({ time }: Story, who: bigint): { who: string; time: bigint } {
  return { who: nameOf(who), time }
}

function nameOf(who: bigint): string {
  return HOLDERS[Number(who)] ?? ''
}
