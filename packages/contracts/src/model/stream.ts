/** Everything per token wei is scaled by 2^64 (StreamMath.SCALE_BITS). */
export const SCALE_BITS = 64n
/** The holder whose tokens are counted by two numbers for all tokens at once: the pool. */
export const POOL_HOLDER = 'pool'

/** One token's stream; the accumulator and the rate are per token wei, scaled by 2^64. */
type Stream = {
  /** Accumulator at the start of the running stream. */
  readonly base: bigint
  /** Per second. */
  readonly rate: bigint
  /** Tokens in wei; never changes. */
  readonly supply: bigint
}

/** An account in one token. */
type Holding = {
  readonly balance: bigint
  /** Makes up for every move at another accumulator; scaled by 2^64. */
  readonly correction: bigint
}

/** One client token: its stream and who holds it. */
export type TokenBook = {
  readonly stream: Stream
  readonly holdings: ReadonlyMap<string, Holding>
}

/** The stream ledger of CONTRACTS.md 2.4; wei, seconds and Unix seconds. Steps return a new one. */
export type StreamLedger = {
  /** Seconds that a round's pot streams. */
  readonly window: bigint
  /** When the running streams began; 0 before the first. */
  readonly start: bigint
  /** While a round is settled in pages: seconds that the old streams ran, and the next token. */
  readonly settling: { readonly stopped: bigint; readonly cursor: number } | null
  readonly tokens: readonly TokenBook[]
  /** A and B: the pool's entitlement is A + B * elapsed, for all tokens together; scaled by 2^64. */
  readonly poolBase: bigint
  readonly poolRate: bigint
  /** What was promised to streams, less what came back as remainder; what the pool drew; a remainder below one wei, scaled by 2^64. */
  readonly promised: bigint
  readonly poolDrawn: bigint
  readonly dust: bigint
}

/** A ledger before its first round and without tokens. @param window - seconds. */
export function createStreamLedger(window: bigint): StreamLedger {
  return {
    window,
    start: 0n,
    settling: null,
    tokens: [],
    poolBase: 0n,
    poolRate: 0n,
    promised: 0n,
    poolDrawn: 0n,
    dust: 0n,
  }
}

/** The ledger with one more token, handed out to its first holders; wei. */
export function addToken(ledger: StreamLedger, holders: ReadonlyMap<string, bigint>): StreamLedger {
  const entries = [...holders.entries()]
  const supply = entries.reduce((sum, [, balance]) => sum + balance, 0n)
  const holdings = new Map(entries.map(([who, balance]) => [who, { balance, correction: 0n }]))
  const book: TokenBook = { stream: { base: 0n, rate: 0n, supply }, holdings }
  return { ...ledger, tokens: [...ledger.tokens, book] }
}
