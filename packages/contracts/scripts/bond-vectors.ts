import {
  assertionBond,
  type BondBook,
  bondsHeld,
  createBondBook,
  decideDispute,
  disputeBond,
  releaseStakes,
  stakeAssertion,
  stakeDispute,
  withdrawBond,
} from '../src/model/bonds.ts'
import { createSeededRandom, type SeededRandom } from './seeded-random.ts'

const STEPS = 120
/** StreamMath.MAX_LIFETIME, in wei. */
const MAX_LIFETIME = 1n << 90n
/** The federator stakes results, the other two dispute them. */
const PARTIES = ['federator', 'watcher-0', 'watcher-1'] as const

/** Steps that forge plays, by number. */
const STEP = { assert: 0n, dispute: 1n, uphold: 2n, strikeDown: 3n, end: 4n, withdraw: 5n } as const

/** The games of a federation's bonds, for forge to play again. */
export type BondHistory = {
  /** ScenarioParams.bond, and what is put into round 1, in wei. */
  readonly terms: readonly [bigint, bigint]
  /** Rows of 10: step, party, result; then assertionBond, disputeBond, the credits of the three, all bonds held, and the pot. */
  readonly rows: readonly bigint[]
}

/** What a game starts from; a step ends its round, and a decision upholds the result, with one in so many chances. */
export type BondGame = {
  readonly bond: bigint
  readonly fund: bigint
  readonly endOneIn: bigint
  readonly upheldOneIn: bigint
}

type Game = {
  readonly book: BondBook
  readonly phase: 'open' | 'asserted' | 'disputed'
  readonly pot: bigint
}
type Played = {
  readonly code: bigint
  readonly party: bigint
  readonly result: bigint
  readonly game: Game
}

/**
 * A random history. Rounds end without a reward, so that the pot holds all that was put in and all that bonds gave.
 */
export function createBondHistory(
  seed: bigint,
  { bond, fund, endOneIn, upheldOneIn }: BondGame,
): BondHistory {
  const random = createSeededRandom(seed)
  let game: Game = { book: createBondBook(bond), phase: 'open', pot: fund }
  const rows: bigint[][] = []
  while (rows.length < STEPS) {
    const ends = random.below(endOneIn) === 0n
    const played = ends ? end(game) : playStep(random, game, upheldOneIn)
    if (played === null) continue
    game = played.game
    rows.push([played.code, played.party, played.result, ...readings(game)])
  }
  return { terms: [bond, fund], rows: rows.flat() }
}

function playStep(random: SeededRandom, game: Game, upheldOneIn: bigint): Played | null {
  const party = random.below(3n)
  if (random.below(6n) === 0n) return withdraw(game, party)
  if (game.phase === 'open') return assert(game)
  if (game.phase === 'asserted') return game.book.disputed ? end(game) : dispute(game, party)
  return decide(game, random.below(upheldOneIn) === 0n)
}

function assert(game: Game): Played {
  const { book, pulled } = stakeAssertion(game.book, PARTIES[0])
  return {
    code: STEP.assert,
    party: 0n,
    result: pulled,
    game: { ...game, book, phase: 'asserted' },
  }
}

function dispute(game: Game, party: bigint): Played {
  const { book, pulled } = stakeDispute(game.book, nameOf(party))
  return { code: STEP.dispute, party, result: pulled, game: { ...game, book, phase: 'disputed' } }
}

function decide(game: Game, upheld: boolean): Played {
  const { book, toPot } = decideDispute(game.book, { upheld, room: MAX_LIFETIME - game.pot })
  const code = upheld ? STEP.uphold : STEP.strikeDown
  const next = { book, phase: upheld ? 'asserted' : 'open', pot: game.pot + toPot } as const
  return { code, party: 0n, result: toPot, game: next }
}

function end(game: Game): Played {
  const next = { ...game, book: releaseStakes(game.book), phase: 'open' } as const
  return { code: STEP.end, party: 0n, result: 0n, game: next }
}

function withdraw(game: Game, party: bigint): Played | null {
  const { book, paid } = withdrawBond(game.book, nameOf(party))
  if (paid === 0n) return null
  return { code: STEP.withdraw, party, result: paid, game: { ...game, book } }
}

function readings({ book, pot }: Game): bigint[] {
  const credits = PARTIES.map((party) => book.credits.get(party) ?? 0n)
  return [assertionBond(book), disputeBond(book), ...credits, bondsHeld(book), pot]
}

function nameOf(party: bigint): string {
  return PARTIES[Number(party)] ?? ''
}
