import { judgeRound } from '../../packages/contracts/src/index.ts'
import { penaltyOf, type Strikes } from '../../packages/contracts/src/model/network/alliance.ts'

/** A round as `alliance rounds --json` shows it; amounts are decimal wei. */
export type ShownRound = {
  readonly verdict: string
  readonly digest?: string
  readonly proposers: readonly {
    readonly account: string
    readonly weight: string
    readonly contribution?: string
  }[]
  readonly voters: readonly {
    readonly account: string
    readonly weight: string
    readonly ballot?: {
      readonly digest: string
      readonly score: 1 | -1
      readonly approved: string
    }
  }[]
}

/** What a participant has to have: paid by all rounds, and left of its stake; wei. */
type Book = { earned: bigint; stake: bigint; strikes: Strikes }

/** Of defaults of `alliance.missed` and `alliance.outlier`. */
const PENALTIES = { missedBps: 100n, outlierBps: 50n } as const

/**
 * Computes again, by the model of the contracts in bigints, what everybody has to have after these rounds.
 * @param terms - `stake`: of each account before the first round; `pool`: before it, wei.
 * @returns books by account in lower case, and what is left of the pool.
 */
export function booksOf(
  rounds: readonly ShownRound[],
  terms: { readonly accounts: readonly string[]; readonly stake: bigint; readonly pool: bigint },
): { readonly books: ReadonlyMap<string, Book>; readonly pool: bigint } {
  const books = new Map<string, Book>()
  for (const account of terms.accounts) {
    books.set(account, { earned: 0n, stake: terms.stake, strikes: { work: 0n, votes: 0n } })
  }
  const bookOf = (account: string): Book => {
    const found = books.get(account.toLowerCase())
    if (found === undefined) throw new TypeError(`${account} took no part`)
    return found
  }
  let { pool } = terms
  for (const [index, { proposers, voters }] of rounds.entries()) {
    const seated = ({ account, weight }: { readonly account: string; readonly weight: string }) => {
      return { weight: BigInt(weight), strikes: bookOf(account).strikes }
    }
    const judged = judgeRound({
      proposers: proposers.map((one) => ({
        ...seated(one),
        contributed: one.contribution !== undefined,
      })),
      voters: voters.map((one) => ({ ...seated(one), vote: voteOf(one) })),
      voted: proposers.some(({ contribution }) => contribution !== undefined),
      pot: pool / BigInt(rounds.length - index),
      ...PENALTIES,
    })
    pool -= judged.paid
    for (const [seat, { account }] of [...proposers, ...voters].entries()) {
      const book = bookOf(account)
      book.earned += judged.shares[seat] ?? 0n
      book.stake -= penaltyOf(book.stake, judged.penalties[seat] ?? 0n)
      book.strikes = judged.strikes[seat] ?? book.strikes
    }
  }
  return { books, pool }
}

function voteOf({ ballot }: ShownRound['voters'][number]) {
  return ballot === undefined ? null : { ...ballot, approved: BigInt(ballot.approved) }
}
