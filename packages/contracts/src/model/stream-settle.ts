import { ModelError } from './model-error.ts'
import { POOL_HOLDER, SCALE_BITS, type StreamLedger, type TokenBook } from './stream.ts'
import { bookAt, elapsedOf, holdingOf } from './stream-readings.ts'

/** Clients `from` to `to` (exclusive) of a round that is being settled. */
export type SettledPage = {
  /** What the round pays, in wei. */
  readonly pot: bigint
  /** One per client of the round, in index order; not all zero. */
  readonly shares: readonly bigint[]
  readonly from: number
  readonly to: number
  /** Unix seconds. */
  readonly time: bigint
}

/** A ledger after a page, and the page's sums in wei. */
export type SettledLedger = {
  readonly ledger: StreamLedger
  /** Streams to holders from now on. */
  readonly rewarded: bigint
  /** Whole wei that remainders of rates make up: they go to the next pot. */
  readonly carried: bigint
}

/**
 * StreamLedger._renewPage: gives the tokens of one page their new streams. The first page stops the clock, the last starts it again.
 * @throws {ModelError} PAGE_OUT_OF_ORDER when the page is empty or does not begin where the one before it ended.
 */
export function settlePage(ledger: StreamLedger, page: SettledPage): SettledLedger {
  const { stopped, cursor } = ledger.settling ?? {
    stopped: elapsedOf(ledger, 0, page.time),
    cursor: 0,
  }
  if (page.from !== cursor || page.to <= page.from || page.to > page.shares.length) {
    const info = { code: 'PAGE_OUT_OF_ORDER', from: page.from, expected: cursor } as const
    throw new ModelError(`a page from client ${page.from} to ${page.to}, not from ${cursor}`, info)
  }
  const first = ledger.settling === null
  const poolBase = first ? ledger.poolBase + ledger.poolRate * stopped : ledger.poolBase
  const renewed = renewTokens(ledger, page, stopped)
  const dust = ledger.dust + renewed.remainders
  const carried = dust >> SCALE_BITS
  const last = page.to === page.shares.length
  return {
    ledger: {
      ...ledger,
      tokens: renewed.tokens,
      poolBase,
      poolRate: (first ? 0n : ledger.poolRate) + renewed.poolRate,
      promised: ledger.promised + renewed.rewarded - carried,
      dust: dust - (carried << SCALE_BITS),
      start: last ? page.time : ledger.start,
      settling: last ? null : { stopped, cursor: page.to },
    },
    rewarded: renewed.rewarded,
    carried,
  }
}

type Renewed = {
  readonly tokens: readonly TokenBook[]
  readonly rewarded: bigint
  readonly remainders: bigint
  readonly poolRate: bigint
}

function renewTokens(ledger: StreamLedger, page: SettledPage, stopped: bigint): Renewed {
  const sum = page.shares.reduce((total, share) => total + share, 0n)
  const tokens = [...ledger.tokens]
  let [rewarded, remainders, poolRate] = [0n, 0n, 0n]
  for (let i = page.from; i < page.to; i += 1) {
    const book = bookAt(ledger, i)
    const reward = (page.pot * (page.shares[i] ?? 0n)) / sum
    const { stream, remainder } = renewStream(book, { reward, stopped, window: ledger.window })
    tokens[i] = { ...book, stream }
    rewarded += reward
    remainders += remainder
    poolRate += stream.rate * holdingOf(book, POOL_HOLDER).balance
  }
  return { tokens, rewarded, remainders, poolRate }
}

/** What the old stream has left and the reward become the new rate; what no rate can express is left over, scaled by 2^64. */
function renewStream(
  { stream }: TokenBook,
  { reward, stopped, window }: { reward: bigint; stopped: bigint; window: bigint },
): { stream: TokenBook['stream']; remainder: bigint } {
  const { base, rate: oldRate, supply } = stream
  const total = (reward << SCALE_BITS) + oldRate * (window - stopped) * supply
  const rate = total / (supply * window)
  return {
    stream: { base: base + oldRate * stopped, rate, supply },
    remainder: total - rate * supply * window,
  }
}
