import { ModelError } from '../model-error.ts'
import { delegatorsPart, isDust, type Shares, sharesFor, tokensFor } from './delegation.ts'

const BPS = 10_000n
const DAY = 86_400n

/** StakeParams' defaults, as far as a book needs them; bps. */
const TERMS = {
  reporterPart: 1_000n,
  treasuryPart: 5_000n,
  dailyCap: 500n,
  delegatorCap: 1_000n,
} as const

/** Why stake is taken, and the most of it that one slash takes, in bps. */
export const SLASH_CAPS = {
  missedReveal: 100n,
  outlier: 50n,
  wrongAssessment: 5_000n,
  equivocation: BPS,
} as const

export type SlashReason = keyof typeof SLASH_CAPS

type Request = { readonly owner: number; readonly shares: bigint; readonly readyAt: bigint }

type Side = {
  tokens: bigint
  shares: bigint
  thawing: bigint
  thawShares: bigint
  requests: Request[]
}

type Delegator = { shares: bigint; pending: bigint; activeFrom: bigint }

/**
 * One position of the StakeManager with NetworkToken alone, in wei and seconds: what Solidity must give too. Owner 0 is the operator,
 * delegators are 1 and on.
 */
export type StakeBook = {
  now: bigint
  readonly thawing: bigint
  readonly commission: bigint
  readonly own: Side
  readonly pool: Side & { streaming: bigint; streamFrom: bigint; streamUntil: bigint }
  readonly delegators: readonly Delegator[]
  small: { left: bigint; until: bigint }
  earned: bigint
  reported: bigint
  toBurn: bigint
  toTreasury: bigint
}

/** A book of an operator who has just staked. */
export function createStakeBook(terms: {
  readonly now: bigint
  readonly thawing: bigint
  readonly commission: bigint
  readonly own: bigint
  readonly delegators: number
}): StakeBook {
  const side = (tokens: bigint): Side => ({
    tokens,
    shares: 0n,
    thawing: 0n,
    thawShares: 0n,
    requests: [],
  })
  const { now, thawing, commission, own, delegators } = terms
  return {
    now,
    thawing,
    commission,
    own: side(own),
    pool: { ...side(0n), streaming: 0n, streamFrom: 0n, streamUntil: 0n },
    delegators: Array.from({ length: delegators }, () => ({
      shares: 0n,
      pending: 0n,
      activeFrom: 0n,
    })),
    small: { left: 0n, until: 0n },
    earned: 0n,
    reported: 0n,
    toBurn: 0n,
    toTreasury: 0n,
  }
}

/** Starts to take own stake out. */
export function unstakeOwn(book: StakeBook, amount: bigint): void {
  book.own.tokens -= amount
  thaw(book, { side: book.own, owner: 0, amount })
}

/** Delegates: what has waited for a day becomes active first. @param owner - from 1. */
export function delegateTo(book: StakeBook, owner: number, amount: bigint): void {
  activateDue(book, owner)
  const d = delegatorAt(book, owner)
  d.pending += amount
  d.activeFrom = book.now + DAY
}

/** Makes active what has waited for a day. */
export function activateDue(book: StakeBook, owner: number): void {
  letArrive(book)
  const d = delegatorAt(book, owner)
  if (d.pending === 0n || book.now < d.activeFrom) return
  const shares = sharesFor(d.pending, book.pool)
  d.shares += shares
  book.pool.shares += shares
  book.pool.tokens += d.pending
  d.pending = 0n
}

/** Starts to take a delegation out. */
export function undelegateFrom(book: StakeBook, owner: number, shares: bigint): void {
  activateDue(book, owner)
  const { pool } = book
  const amount = tokensFor(shares, pool)
  delegatorAt(book, owner).shares -= shares
  pool.shares -= shares
  pool.tokens -= amount
  thaw(book, { side: pool, owner, amount })
}

/** Pays an owner everything that has thawed. @returns wei. */
export function withdrawFrom(book: StakeBook, owner: number): bigint {
  const side = owner === 0 ? book.own : book.pool
  let paid = 0n
  const ready = side.requests.filter((r) => r.owner === owner && r.readyAt <= book.now)
  for (const request of ready) {
    const amount = tokensFor(request.shares, thawingOf(side))
    side.thawing -= amount
    side.thawShares -= request.shares
    paid += amount
  }
  side.requests = side.requests.filter((r) => !ready.includes(r))
  return paid
}

/** Pays a reward: the operator's part at once, the delegators' over a day. */
export function rewardBook(book: StakeBook, amount: bigint): void {
  letArrive(book)
  const { pool, own, commission } = book
  const delegated = pool.shares === 0n ? 0n : pool.tokens
  const part = delegatorsPart(amount, { commission, own: own.tokens, delegated })
  book.earned += amount - part
  if (part === 0n) return
  pool.streaming += part
  pool.streamFrom = book.now
  pool.streamUntil = book.now + DAY
}

/** Slashes, with a reporter. @returns what was taken of the operator and of delegators. */
export function slashBook(
  book: StakeBook,
  amount: bigint,
  reason: SlashReason,
): { readonly self: bigint; readonly delegated: bigint } {
  const self = takeFrom(book.own, ownCap(book, amount, reason))
  let delegated = 0n
  if (reason === 'equivocation' && amount > self) {
    letArrive(book)
    const reach = partUp(book.pool.tokens + book.pool.thawing, TERMS.delegatorCap)
    const rest = amount - self
    delegated = takeFrom(book.pool, smaller(rest, reach))
  }
  share(book, self, delegated)
  return { self, delegated }
}

/** Rewards that have arrived in the pool since its last change: nothing while nobody has shares. */
export function arrivedIn({ pool, now }: StakeBook): bigint {
  if (pool.streaming === 0n || pool.shares === 0n) return 0n
  if (now >= pool.streamUntil) return pool.streaming
  const whole = pool.streamUntil - pool.streamFrom
  return (pool.streaming * (now - pool.streamFrom)) / whole
}

function letArrive(book: StakeBook): void {
  const { pool, now } = book
  if (pool.streaming === 0n) return
  const amount = arrivedIn(book)
  if (pool.shares === 0n) pool.streamUntil += now - pool.streamFrom
  pool.streamFrom = now
  pool.streaming -= amount
  pool.tokens += amount
}

function thaw(
  book: StakeBook,
  { side, owner, amount }: { readonly side: Side; readonly owner: number; readonly amount: bigint },
): void {
  const shares = sharesFor(amount, thawingOf(side))
  side.thawing += amount
  side.thawShares += shares
  side.requests.push({ owner, shares, readyAt: book.now + book.thawing })
}

function ownCap(book: StakeBook, amount: bigint, reason: SlashReason): bigint {
  const stake = book.own.tokens + book.own.thawing
  const most = partUp(stake, SLASH_CAPS[reason])
  const taken = smaller(amount, most)
  if (reason !== 'missedReveal' && reason !== 'outlier') return taken
  if (book.now >= book.small.until) {
    book.small = { left: partUp(stake, TERMS.dailyCap), until: book.now + DAY }
  }
  const bounded = smaller(taken, book.small.left)
  book.small.left -= bounded
  return bounded
}

/** Active and thawing stake alike; what is left as dust goes too. */
function takeFrom(side: Side, amount: bigint): bigint {
  if (amount === 0n) return 0n
  let thawed = side.thawing === 0n ? 0n : (amount * side.thawing) / (side.tokens + side.thawing)
  let active = amount - thawed
  if (isDust({ tokens: side.tokens - active, shares: side.shares })) {
    active = side.tokens
    side.shares = 0n
  }
  if (isDust({ tokens: side.thawing - thawed, shares: side.thawShares })) {
    thawed = side.thawing
    side.thawShares = 0n
    side.requests = side.requests.map((request) => ({ ...request, shares: 0n }))
  }
  side.tokens -= active
  side.thawing -= thawed
  return active + thawed
}

function share(book: StakeBook, self: bigint, delegated: bigint): void {
  const fee = (self * TERMS.reporterPart) / BPS
  const left = self + delegated - fee
  const toTreasury = (left * TERMS.treasuryPart) / BPS
  book.reported += fee
  book.toTreasury += toTreasury
  book.toBurn += left - toTreasury
}

function thawingOf({ thawing, thawShares }: Side): Shares {
  return { tokens: thawing, shares: thawShares }
}

function delegatorAt(book: StakeBook, owner: number): Delegator {
  const delegator = book.delegators[owner - 1]
  if (delegator !== undefined) return delegator
  throw new ModelError(`there is no delegator ${owner}`, { code: 'UNKNOWN_DELEGATOR', owner })
}

function partUp(amount: bigint, bps: bigint): bigint {
  return (amount * bps + BPS - 1n) / BPS
}

function smaller(a: bigint, b: bigint): bigint {
  if (a < b) return a
  return b
}
