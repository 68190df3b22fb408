import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  addToken,
  createStreamLedger,
  POOL_HOLDER,
  type StreamLedger,
} from '../../../src/model/stream.ts'
import { claimReward, drawForPool } from '../../../src/model/stream-claim.ts'
import { moveTokens } from '../../../src/model/stream-move.ts'
import { bookAt, holdingOf, owedTo, poolOwedAt } from '../../../src/model/stream-readings.ts'
import { settlePage } from '../../../src/model/stream-settle.ts'

const HOLDERS = ['a', 'b', POOL_HOLDER] as const
const SUPPLIES = [10n ** 18n, 3n * 10n ** 18n, 10n ** 24n] as const
const WINDOW = 600n
const SCALE = 64n

type Action =
  | { kind: 'wait'; seconds: bigint }
  | { kind: 'move'; index: number; from: number; to: number; part: bigint }
  | { kind: 'settle'; pot: bigint; shares: bigint[]; firstPage: number; between: Action[] }
  | { kind: 'claim'; index: number; holder: number }
  | { kind: 'draw' }

const index = fc.integer({ min: 0, max: 2 })
const wait = fc.record({
  kind: fc.constant('wait' as const),
  seconds: fc.bigInt({ min: 0n, max: 700n }),
})
const move = fc.record({
  kind: fc.constant('move' as const),
  index,
  from: index,
  to: index,
  part: fc.bigInt({ min: 0n, max: 1_000n }),
})
const claim = fc.record({
  kind: fc.constant('claim' as const),
  index,
  holder: fc.integer({ min: 0, max: 1 }),
})
const draw = fc.record({ kind: fc.constant('draw' as const) })
const settle = fc.record({
  kind: fc.constant('settle' as const),
  pot: fc.bigInt({ min: 0n, max: 10n ** 22n }),
  shares: fc.array(fc.bigInt({ min: 0n, max: 1_000_000n }), { minLength: 2, maxLength: 2 }),
  firstPage: fc.integer({ min: 1, max: 3 }),
  between: fc.array(fc.oneof(wait, move, claim, draw), { maxLength: 4 }),
})
const history = fc.array(fc.oneof(wait, move, move, claim, draw, settle), {
  minLength: 20,
  maxLength: 60,
})

/**
 * What everybody earned, second by second and holder by holder: no accumulator, no correction, no A and B. Scaled by 2^64 and never
 * rounded, so it is what the ledger has to come to, to the wei.
 */
type Truth = {
  ledger: StreamLedger
  time: bigint
  earned: bigint[][]
  paid: bigint[][]
  poolPaid: bigint
}

function createTruth(): Truth {
  const ledger = SUPPLIES.reduce(
    (next, supply) =>
      addToken(
        next,
        new Map([
          ['a', supply / 2n],
          [POOL_HOLDER, supply - supply / 2n],
        ]),
      ),
    createStreamLedger(WINDOW),
  )
  const zeros = (): bigint[][] => SUPPLIES.map(() => HOLDERS.map(() => 0n))
  return { ledger, time: 1_000n, earned: zeros(), paid: zeros(), poolPaid: 0n }
}

/** While a round is settled in pages, nothing streams: the first page stopped the clock. */
function pass(truth: Truth, seconds: bigint): void {
  const { ledger } = truth
  const before = ledger.start === 0n || ledger.settling !== null ? 0n : truth.time - ledger.start
  const left = WINDOW > before ? WINDOW - before : 0n
  const streaming =
    ledger.settling !== null || ledger.start === 0n ? 0n : seconds < left ? seconds : left
  ledger.tokens.forEach((book, i) => {
    HOLDERS.forEach((holder, h) => {
      const row = truth.earned[i] ?? []
      row[h] = (row[h] ?? 0n) + book.stream.rate * holdingOf(book, holder).balance * streaming
    })
  })
  truth.time += seconds
}

function play(truth: Truth, action: Action): void {
  const { ledger, time } = truth
  if (action.kind === 'wait') pass(truth, action.seconds)
  // The pool is no recipient of its own trades and exits (InvalidRecipient).
  const isPoolToItself = action.kind === 'move' && action.from === 2 && action.to === 2
  if (action.kind === 'move' && !isPoolToItself) {
    const [from, to] = [HOLDERS[action.from] ?? 'a', HOLDERS[action.to] ?? 'a']
    const amount = (holdingOf(bookAt(ledger, action.index), from).balance * action.part) / 1_000n
    truth.ledger = moveTokens(ledger, { index: action.index, from, to, amount, time })
  }
  if (action.kind === 'claim') {
    const claimed = claimReward(ledger, {
      index: action.index,
      holder: HOLDERS[action.holder] ?? 'a',
      time,
    })
    truth.ledger = claimed.ledger
    const row = truth.paid[action.index] ?? []
    row[action.holder] = (row[action.holder] ?? 0n) + claimed.paid
  }
  if (action.kind === 'draw') {
    const drawn = drawForPool(ledger, time)
    truth.ledger = drawn.ledger
    truth.poolPaid += drawn.paid
  }
  if (action.kind === 'settle') playRound(truth, action)
}

function playRound(truth: Truth, action: Action & { kind: 'settle' }): void {
  const shares = [...action.shares, 1n]
  const page = (from: number, to: number): void => {
    const settled = settlePage(truth.ledger, {
      pot: action.pot,
      shares,
      from,
      to,
      time: truth.time,
    })
    truth.ledger = settled.ledger
  }
  page(0, action.firstPage)
  if (action.firstPage === shares.length) return
  for (const each of action.between) {
    play(truth, each)
    check(truth)
  }
  page(action.firstPage, shares.length)
}

function check({ ledger, time, earned, paid, poolPaid }: Truth): void {
  let pool = 0n
  SUPPLIES.forEach((_, i) => {
    HOLDERS.forEach((holder, h) => {
      const scaled = earned[i]?.[h] ?? 0n
      if (holder === POOL_HOLDER) pool += scaled
      const owed = (scaled >> SCALE) - (paid[i]?.[h] ?? 0n)
      expect(owedTo(ledger, { index: i, holder, time })).toBe(owed)
    })
  })
  expect(poolOwedAt(ledger, time)).toBe((pool >> SCALE) - poolPaid)
}

describe('the model of the stream ledger', () => {
  it('owes every holder, and the pool with its two numbers, what second-by-second books come to', () => {
    fc.assert(
      fc.property(history, (actions) => {
        const truth = createTruth()
        for (const action of actions) {
          play(truth, action)
          check(truth)
        }
      }),
      { numRuns: 100 },
    )
  })

  it('loses no remainder: pots are promised and carried to the unit of 2^-64 wei', () => {
    fc.assert(
      fc.property(fc.array(settle, { minLength: 1, maxLength: 20 }), (rounds) => {
        const truth = createTruth()
        let [put, back] = [0n, 0n]
        for (const round of rounds) {
          const before = truth.ledger.promised
          playRound(truth, { ...round, between: [] })
          const sum = round.shares.reduce((total, share) => total + share, 1n)
          const rewards = [...round.shares, 1n].reduce(
            (total, share) => total + (round.pot * share) / sum,
            0n,
          )
          put += rewards
          back += rewards - (truth.ledger.promised - before)
          pass(truth, 250n)
        }
        const { ledger, time, earned } = truth
        const left = WINDOW > time - ledger.start ? WINDOW - (time - ledger.start) : 0n
        const streaming = ledger.tokens.reduce(
          (sum, { stream }) => sum + stream.rate * left * stream.supply,
          0n,
        )
        const all = earned.flat().reduce((sum, scaled) => sum + scaled, 0n)
        expect(all + streaming + ledger.dust).toBe((put - back) << SCALE)
      }),
      { numRuns: 50 },
    )
  })

  it('refuses pages out of order and moves of what nobody has', () => {
    const { ledger } = createTruth()
    const page = { pot: 1n, shares: [1n, 1n, 1n], time: 5n }
    expect(() => settlePage(ledger, { ...page, from: 1, to: 2 })).toThrow('a page from client 1')
    expect(() => settlePage(ledger, { ...page, from: 0, to: 0 })).toThrow('a page from client 0')
    expect(() => settlePage(ledger, { ...page, from: 0, to: 4 })).toThrow('a page from client 0')
    const move = { index: 0, from: 'b', to: 'a', amount: 1n, time: 5n }
    expect(() => moveTokens(ledger, move)).toThrow('b holds 0 wei, not 1')
    expect(() => moveTokens(ledger, { ...move, index: 3 })).toThrow('there is no client 3')
  })
})
