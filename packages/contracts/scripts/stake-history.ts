import {
  activateDue,
  arrivedIn,
  createStakeBook,
  delegateTo,
  rewardBook,
  SLASH_CAPS,
  type SlashReason,
  type StakeBook,
  slashBook,
  undelegateFrom,
  unstakeOwn,
  withdrawFrom,
} from '../src/model/network/stake-book.ts'
import { createSeededRandom, type SeededRandom } from './seeded-random.ts'

const SEED = 0xfed7c4n
const STEPS = 240
const DELEGATORS = 3
const DAY = 86_400n
const WAD = 10n ** 18n
const START = 1_800_000_000n
const OWN = 50_000n * WAD
const MAX_REQUESTS = 32

/** Steps that forge plays, by number. */
const STEP = {
  unstake: 0n,
  delegate: 1n,
  undelegate: 2n,
  withdraw: 3n,
  reward: 4n,
  slash: 5n,
  activate: 6n,
} as const

const REASONS = Object.keys(SLASH_CAPS) as readonly SlashReason[]

/**
 * The history of a position, for forge to play again. Rows of 15: seconds that pass first; step, who or why, amount; then own stake active and
 * thawing; the pool's tokens, shares, thawing, thawing shares and what streams; what operator and reporter earned; what burns and what the
 * treasury gets.
 */
export function createStakeHistory(): readonly bigint[] {
  const random = createSeededRandom(SEED)
  const book = createStakeBook({
    now: START,
    thawing: 7n * DAY,
    commission: 1_500n,
    own: OWN,
    delegators: DELEGATORS,
  })
  const rows: bigint[] = []
  while (rows.length < STEPS * 15) {
    const pause = random.below(3n) === 0n ? random.below(3n * DAY) : random.below(3_600n)
    book.now += pause
    const played = play(book, random)
    rows.push(pause, ...played, ...readings(book))
  }
  return rows
}

function play(book: StakeBook, random: SeededRandom): readonly [bigint, bigint, bigint] {
  const owner = Number(1n + random.below(BigInt(DELEGATORS)))
  const who = BigInt(owner)
  switch (random.below(10n)) {
    case 0n:
      return unstake(book, random)
    case 1n:
    case 2n:
      return undelegate(book, random, owner)
    case 3n:
    case 4n:
      return withdraw(book, random)
    case 5n:
      return slash(book, random)
    case 6n:
    case 7n: {
      const amount = random.spread(1n, 5_000n * WAD)
      rewardBook(book, amount)
      return [STEP.reward, 0n, amount]
    }
    default: {
      const amount = WAD + random.spread(1n, 20_000n * WAD)
      delegateTo(book, owner, amount)
      return [STEP.delegate, who, amount]
    }
  }
}

function unstake(book: StakeBook, random: SeededRandom): readonly [bigint, bigint, bigint] {
  const full = book.own.requests.length >= MAX_REQUESTS
  if (full || book.own.tokens < WAD) return slash(book, random)
  const amount = random.spread(1n, book.own.tokens / 4n)
  unstakeOwn(book, amount)
  return [STEP.unstake, 0n, amount]
}

function undelegate(
  book: StakeBook,
  random: SeededRandom,
  owner: number,
): readonly [bigint, bigint, bigint] {
  const { shares, pending, activeFrom } = delegatorOf(book, owner)
  if (shares === 0n && pending !== 0n && activeFrom <= book.now) {
    activateDue(book, owner)
    return [STEP.activate, BigInt(owner), 0n]
  }
  const open = book.pool.requests.filter((request) => request.owner === owner)
  if (shares < WAD || open.length >= MAX_REQUESTS) return slash(book, random)
  const part = random.below(8n) === 0n ? shares : shares / (2n + random.below(50n))
  undelegateFrom(book, owner, part)
  return [STEP.undelegate, BigInt(owner), part]
}

function withdraw(book: StakeBook, random: SeededRandom): readonly [bigint, bigint, bigint] {
  const requests = [...book.own.requests, ...book.pool.requests]
  const ready = requests.find((request) => request.readyAt <= book.now)
  if (ready === undefined) return slash(book, random)
  const amount = withdrawFrom(book, ready.owner)
  return [STEP.withdraw, BigInt(ready.owner), amount]
}

function slash(book: StakeBook, random: SeededRandom): readonly [bigint, bigint, bigint] {
  // Equivocation is rare: it leaves little to play with.
  const why = random.below(12n) === 0n ? 3 : Number(random.below(3n))
  const reason = REASONS[why] ?? 'outlier'
  const amount = random.spread(1n, 5_000n * WAD)
  slashBook(book, amount, reason)
  return [STEP.slash, BigInt(why), amount]
}

function delegatorOf(book: StakeBook, owner: number): StakeBook['delegators'][number] {
  const delegator = book.delegators[owner - 1]
  if (delegator === undefined) throw new RangeError(`no delegator ${owner}`)
  return delegator
}

function readings(book: StakeBook): readonly bigint[] {
  const { own, pool, earned, reported, toBurn, toTreasury } = book
  return [
    own.tokens,
    own.thawing,
    pool.tokens + arrivedIn(book),
    pool.shares,
    pool.thawing,
    pool.thawShares,
    pool.streaming - arrivedIn(book),
    earned,
    reported,
    toBurn,
    toTreasury,
  ]
}
