import { exitPool, exitPoolTo, joinPool, joinPoolWith } from '../src/model/federation-liquidity.ts'
import { poolOf } from '../src/model/federation-market.ts'
import { buyExactOut, sellExactIn } from '../src/model/federation-swap.ts'
import { sharesOf } from '../src/model/lp-dividends.ts'
import { bookAt, holdingOf } from '../src/model/stream-readings.ts'
import type { SeededRandom } from './seeded-random.ts'
import { actorOf, createStep, nameOf, type Step, type Story } from './stream-story.ts'

const WAD = 10n ** 18n

/** Steps with the pool. */
export const TRADES: readonly ((random: SeededRandom, story: Story) => Step | null)[] = [
  swapIn,
  swapIn,
  swapOut,
  join,
  exit,
  joinOne,
  joinOne,
  exitOne,
  exitOne,
]

function swapIn(random: SeededRandom, story: Story): Step | null {
  const [tokenIn, tokenOut, who] = [random.below(4n), random.below(4n), random.below(6n)]
  const limit = spendable(story, { token: tokenIn, who })
  if (tokenIn === tokenOut || limit < WAD) return null
  const amountIn = random.spread(WAD / 1_000n, limit / 2n)
  const order = { tokenIn: Number(tokenIn), tokenOut: Number(tokenOut), amountIn }
  const { model, swap } = sellExactIn(story.model, actorOf(story, who), order)
  return createStep('swapIn', {
    args: [tokenIn, tokenOut, who, amountIn],
    result: swap.amountOut,
    story: { ...story, model },
  })
}

function swapOut(random: SeededRandom, story: Story): Step | null {
  const [tokenOut, who] = [1n + random.below(3n), random.below(6n)]
  const balance = poolOf(story.model).reserves[Number(tokenOut)]?.balance ?? 0n
  const amountOut = random.spread(WAD / 1_000n, balance / 50n)
  const order = { tokenIn: 0, tokenOut: Number(tokenOut), amountOut }
  const { model, swap } = buyExactOut(story.model, actorOf(story, who), order)
  return createStep('swapOut', {
    args: [0n, tokenOut, who, amountOut],
    result: swap.amountIn,
    story: { ...story, model },
  })
}

function join(random: SeededRandom, story: Story): Step {
  const who = random.below(6n)
  const shares = random.spread(1n, WAD)
  const { model, amounts } = joinPool(story.model, actorOf(story, who), shares)
  return createStep('join', {
    args: [who, shares],
    result: amounts[0] ?? 0n,
    story: { ...story, model },
  })
}

function exit(random: SeededRandom, story: Story): Step | null {
  const who = random.below(6n)
  const held = sharesOf(story.model.lp, nameOf(who))
  if (held === 0n) return null
  const shares = random.spread(1n, held / 4n + 1n)
  const { model, amounts } = exitPool(story.model, actorOf(story, who), shares)
  return createStep('exit', {
    args: [who, shares],
    result: amounts[0] ?? 0n,
    story: { ...story, model },
  })
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
  return createStep('joinOne', {
    args: [token, who, amount],
    result: shares,
    story: { ...story, model },
  })
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
  return createStep('exitOne', {
    args: [token, who, shares],
    result: amounts[0] ?? 0n,
    story: { ...story, model },
  })
}

/** What `who` can give of a token within a swap's limit, in wei; forge gives everybody plenty of currency. */
function spendable({ model }: Story, { token, who }: { token: bigint; who: bigint }): bigint {
  const limit = ((poolOf(model).reserves[Number(token)]?.balance ?? 0n) * 3n) / 10n
  if (token === 0n) return limit / 4n
  const { balance } = holdingOf(bookAt(model.ledger, Number(token) - 1), nameOf(who))
  return balance < limit ? balance : limit
}
