import { penaltyOf } from '../../../../src/model/network/alliance.ts'
import { delegatorsPart, stakeWeight } from '../../../../src/model/network/delegation.ts'
import { emissionOn, emissionUntil } from '../../../../src/model/network/emission.ts'
import { lockedAmount } from '../../../../src/model/network/lock.ts'
import {
  activateDue,
  createStakeBook,
  delegateTo,
  type StakeBook,
  slashBook,
} from '../../../../src/model/network/stake-book.ts'
import { BPS_UNIT, type Examples, type FigureAt, WAD } from './examples.ts'

const DAY = 86_400n
const BPS = 10_000n
const MONTH_DAYS = 30n
const LAST_DAY = 60n * MONTH_DAYS - 1n
const SHARE = 420_000_000n * WAD
/** First values of governance's parameters, which the parameters' test holds the document to. */
const FIRST = { factor: BPS, ratio: 10n } as const

/** Examples of "Stake". */
export function computeStake(at: FigureAt): Examples {
  const weigh = (delegated: bigint) => stakeWeight({ own: at('W1'), delegated, ...FIRST })
  const locked = (days: bigint) => lockedAmount(at('M1'), days * DAY)
  const commission = at('D2') / BPS_UNIT
  const toDelegators = delegatorsPart(at('D1'), {
    commission,
    own: at('D3'),
    delegated: at('D4'),
  })
  return [
    ['W3', weigh(at('W2'))],
    ['W5', weigh(at('W4'))],
    ['M2', locked(30n)],
    ['M3', locked(100n)],
    ['M4', locked(365n)],
    ['D5', toDelegators],
    ['D6', at('D1') - toDelegators],
  ]
}

/** Examples of "Emission". */
export function computeEmission(at: FigureAt): Examples {
  const whole = emissionUntil(LAST_DAY + 1n)
  const daily = (emissionOn(0n) * (at('S1') / BPS_UNIT)) / BPS
  const stakes = at('S3') + at('S4')
  return [
    ['E1', emissionOn(0n)],
    ['E2', emissionOn(MONTH_DAYS)],
    ['E3', emissionUntil(365n)],
    ['E4', emissionOn(LAST_DAY)],
    ['E5', whole],
    ['E6', SHARE - whole],
    ['S2', daily],
    ['S5', (daily * at('S3')) / stakes],
    ['S6', (daily * at('S4')) / stakes],
  ]
}

/** Examples of "Penalties": what the model of a position loses, and to whom it goes. */
export function computePenalties(at: FigureAt): Examples {
  const own = at('P1')
  const missed = newBook(own)
  const taken = slashBook(missed, penaltyOf(own, 100n), 'missedReveal').self
  const outlier = slashBook(newBook(own), penaltyOf(own, 50n), 'outlier').self
  const daily = newBook(own)
  for (let i = 0; i < 10; i += 1) slashBook(daily, penaltyOf(own, 100n), 'missedReveal')
  const fraud = newBook(own, at('P9'))
  const proven = slashBook(fraud, 4_000n * WAD, 'equivocation')
  return [
    ['P2', taken],
    ['P3', missed.reported],
    ['P4', missed.toTreasury],
    ['P5', missed.toBurn],
    ['P6', outlier],
    ['P7', own - daily.own.tokens],
    ['P8', proven.self],
    ['P10', proven.delegated],
  ]
}

function newBook(own: bigint, delegated = 0n): StakeBook {
  const book = createStakeBook({ now: 0n, thawing: DAY, commission: 0n, own, delegators: 1 })
  if (delegated === 0n) return book
  delegateTo(book, 1, delegated)
  book.now += DAY
  activateDue(book, 1)
  return book
}
