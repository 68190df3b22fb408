import { ModelError } from './model-error.ts'

/** A bond doubles at most this many times (Disputes.MAX_DOUBLINGS). */
const MAX_DOUBLINGS = 6n

/** The bonds of a Scenario (Disputes.sol); wei of currency. Steps return a new one. */
export type BondBook = {
  /** ScenarioParams.bond: what the first assertion, and the first dispute, cost. */
  readonly bond: bigint
  /** What accounts may withdraw or stake again. */
  readonly credits: ReadonlyMap<string, bigint>
  /** Staked on the present assertion. */
  readonly assertion: { readonly federator: string; readonly bond: bigint } | null
  readonly dispute: { readonly disputer: string; readonly bond: bigint } | null
  /** Assertions of this round that were struck down. */
  readonly attempt: bigint
  /** Doublings of the next dispute's bond. */
  readonly failed: bigint
  /** The present assertion was disputed. */
  readonly disputed: boolean
}

/** A book after a stake, and what was pulled from the account beyond its credit; wei. */
export type Staked = { readonly book: BondBook; readonly pulled: bigint }

/** How a dispute ended; wei. */
export type Verdict = {
  readonly book: BondBook
  /** Part of the loser's bond that is the winner's. */
  readonly award: bigint
  /** Part of it that joins the pot of the round, as a deposit. */
  readonly toPot: bigint
}

/** No stakes yet. @param bond - wei. */
export function createBondBook(bond: bigint): BondBook {
  return {
    bond,
    credits: new Map(),
    assertion: null,
    dispute: null,
    attempt: 0n,
    failed: 0n,
    disputed: false,
  }
}

/** IScenario.assertionBond: doubled by every assertion of this round that was struck down. */
export function assertionBond({ bond, attempt }: BondBook): bigint {
  return bond << atMostCap(attempt)
}

/** IScenario.disputeBond: what the assertion cost; more after disputes that failed, until rounds end without one. */
export function disputeBond({ bond, failed, assertion }: BondBook): bigint {
  const raised = bond << failed
  return assertion !== null && assertion.bond > raised ? assertion.bond : raised
}

/** All bonds that the Scenario holds: staked, and free to be withdrawn; wei. */
export function bondsHeld({ credits, assertion, dispute }: BondBook): bigint {
  const staked = (assertion?.bond ?? 0n) + (dispute?.bond ?? 0n)
  return [...credits.values()].reduce((sum, credit) => sum + credit, staked)
}

/** IScenario.assertRound's stake. */
export function stakeAssertion(book: BondBook, federator: string): Staked {
  const bond = assertionBond(book)
  const { book: next, pulled } = stake(book, federator, bond)
  return { book: { ...next, assertion: { federator, bond }, disputed: false }, pulled }
}

/** IScenario.dispute's stake. @throws {ModelError} DISPUTE_STEP without bonds or an assertion, or when it was disputed before. */
export function stakeDispute(book: BondBook, disputer: string): Staked {
  if (book.bond === 0n || book.assertion === null || book.disputed) throw wrongStep('dispute')
  const bond = disputeBond(book)
  const { book: next, pulled } = stake(book, disputer, bond)
  return { book: { ...next, dispute: { disputer, bond }, disputed: true }, pulled }
}

/**
 * IScenario.resolve: half of the loser's bond, rounded down, is the winner's, the rest the pot's.
 * @param decision - `room` is what the Scenario may still take in deposits, in wei: without room all of it is the winner's.
 * @throws {ModelError} DISPUTE_STEP without a dispute.
 */
export function decideDispute(
  book: BondBook,
  { upheld, room }: { upheld: boolean; room: bigint },
): Verdict {
  const { assertion, dispute } = book
  if (assertion === null || dispute === null) throw wrongStep('resolve')
  const lost = upheld ? dispute.bond : assertion.bond
  const toPot = lost - lost / 2n <= room ? lost - lost / 2n : 0n
  const award = lost - toPot
  const open = { ...book, dispute: null }
  const decided = upheld
    ? credited({ ...open, failed: atMostCap(book.failed + 1n) }, assertion.federator, award)
    : credited(
        { ...open, assertion: null, attempt: book.attempt + 1n },
        dispute.disputer,
        award + dispute.bond,
      )
  return { book: decided, award, toPot }
}

/** The round ends, settled or void: stakes go back to those who made them. */
export function releaseStakes(book: BondBook): BondBook {
  const { assertion, dispute, attempt, disputed, failed } = book
  const quiet = attempt === 0n && !disputed
  const next = {
    ...book,
    assertion: null,
    dispute: null,
    attempt: 0n,
    disputed: false,
    failed: quiet && failed > 0n ? failed - 1n : failed,
  }
  const federatorBack =
    assertion === null ? next : credited(next, assertion.federator, assertion.bond)
  return dispute === null ? federatorBack : credited(federatorBack, dispute.disputer, dispute.bond)
}

/** IScenario.withdrawBond. */
export function withdrawBond(
  book: BondBook,
  account: string,
): { readonly book: BondBook; readonly paid: bigint } {
  const paid = book.credits.get(account) ?? 0n
  return { book: credited(book, account, -paid), paid }
}

function stake(book: BondBook, account: string, amount: bigint): Staked {
  const credit = book.credits.get(account) ?? 0n
  const free = credit < amount ? credit : amount
  return { book: credited(book, account, -free), pulled: amount - free }
}

function credited(book: BondBook, account: string, amount: bigint): BondBook {
  const credits = new Map(book.credits).set(account, (book.credits.get(account) ?? 0n) + amount)
  return { ...book, credits }
}

function atMostCap(doublings: bigint): bigint {
  return doublings > MAX_DOUBLINGS ? MAX_DOUBLINGS : doublings
}

function wrongStep(step: string): ModelError {
  return new ModelError(`${step} has nothing to act on`, { code: 'DISPUTE_STEP', step })
}
