import {
  shareSale,
  voucherPays,
  vouchersUntil,
  withdrawableAt,
} from '../src/model/network/model-sale.ts'
import {
  isPassed,
  type ProposalVotes,
  proposalReward,
  quorumVotes,
  stakeFate,
} from '../src/model/network/proposal-stake.ts'
import { createSeededRandom } from './seeded-random.ts'

const SEEDS = { proposals: 0xfed7d1n, sales: 0xfed7d2n, withdrawals: 0xfed7d3n } as const
const WAD = 10n ** 18n
/** What DaoTest.sol gives away. */
const SUPPLY = 100_000_000n * WAD
const QUORUM = quorumVotes(SUPPLY, 4n)
const [PROPOSALS, SALES, WITHDRAWALS] = [20, 60, 60] as const
const BPS = 10_000n
const [MINUTE, MONTH] = [60n, 30n * 86_400n]

const NONE: ProposalVotes = { against: 0n, inFavour: 0n, abstain: 0n, scam: 0n }
/** Each side of each border. */
const BORDERS: readonly ProposalVotes[] = [
  NONE,
  { ...NONE, inFavour: QUORUM },
  { ...NONE, inFavour: QUORUM - 1n },
  { ...NONE, inFavour: 1n, abstain: QUORUM - 1n },
  { ...NONE, inFavour: QUORUM, against: QUORUM },
  { ...NONE, inFavour: QUORUM + 1n, against: QUORUM },
  { ...NONE, inFavour: 2n * QUORUM, scam: QUORUM },
  { ...NONE, inFavour: 2n * QUORUM, scam: QUORUM + 1n },
  { ...NONE, abstain: 2n * QUORUM, scam: QUORUM },
  { ...NONE, against: QUORUM - 1n, scam: 1n },
  { ...NONE, scam: QUORUM },
  { ...NONE, scam: QUORUM - 1n },
]

/** Proposals: votes by kind (against, for, abstain, scam), stake, reward part, ceiling; whether it passes, returned, kept, burned, reward. */
export function createProposalVectors(): readonly bigint[] {
  const random = createSeededRandom(SEEDS.proposals)
  const votes = (): bigint => random.spread(1n, SUPPLY / 10n)
  const others = Array.from({ length: PROPOSALS }, () => ({
    against: votes(),
    inFavour: 2n * votes(),
    abstain: votes(),
    scam: votes(),
  }))
  return [...BORDERS, ...others].flatMap((cast) => {
    const stake = WAD + random.below(1_000n * WAD)
    const terms = { bps: random.below(BPS + 1n), ceiling: random.spread(1n, 1_000n * WAD) }
    const fate = stakeFate(stake, cast, QUORUM)
    const passed = isPassed(cast, QUORUM)
    const reward = passed ? proposalReward(stake, terms) : 0n
    return [
      ...[cast.against, cast.inFavour, cast.abstain, cast.scam, stake, terms.bps, terms.ceiling],
      ...[passed ? 1n : 0n, fate.returned, fate.kept, fate.burned, reward],
    ]
  })
}

/**
 * Sales: balance, first and second voucher, the Scenario's, the DAO's and the boost's parts; what each voucher pays, and what the pot, the
 * DAO and the owner get of both.
 */
export function createSaleVectors(): readonly bigint[] {
  const random = createSeededRandom(SEEDS.sales)
  return Array.from({ length: SALES }, () => {
    const balance = random.spread(1n, 1_000_000n * WAD)
    const first = random.spread(1n, balance)
    const second = first + random.spread(1n, balance)
    const terms = {
      scenarioBps: 1n + random.below(8_000n),
      daoBps: random.below(2_001n),
      boostBps: random.below(5_001n),
    }
    const paid = voucherPays(first, 0n, balance)
    const then = balance === paid ? 0n : voucherPays(second, paid, balance - paid)
    const parts = shareSale(paid + then, terms)
    return [
      ...[balance, first, second, terms.scenarioBps, terms.daoBps, terms.boostBps],
      ...[paid, then, parts.toPot, parts.toDao, parts.toOwner],
    ]
  }).flat()
}

/** Withdrawals: seconds of an epoch and of the window after it, when it is announced; when it is paid, and until when that epoch's vouchers are. */
export function createWithdrawalVectors(): readonly bigint[] {
  const random = createSeededRandom(SEEDS.withdrawals)
  return Array.from({ length: WITHDRAWALS }, () => {
    const [epoch, window] = [random.spread(MINUTE, MONTH), random.spread(MINUTE, MONTH)]
    const now = 1_800_000_000n + random.below(10n * MONTH)
    return [
      ...[epoch, window, now],
      ...[withdrawableAt(now, epoch, window), vouchersUntil(now, epoch, window)],
    ]
  }).flat()
}
