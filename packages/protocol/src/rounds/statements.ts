import { encodeCanonical, sameBytes } from '../codec/canonical.ts'
import type { RoundOpen, RoundResult, SignedMessage } from '../messages/types.ts'

/** How many statements are kept for comparison; the oldest go first. */
const MAX_STATEMENTS = 64

/** What an aggregator may say only once per round and term. */
export type Statement = SignedMessage<RoundOpen> | SignedMessage<RoundResult>

/** Two signed statements that exclude each other: proof against whoever signed both (T4). */
export type Equivocation = readonly [Statement, Statement]

/** First statement seen of each kind, term and round. */
export type StatementLedger = ReadonlyMap<string, Statement>

/** What a new statement is to those before it. */
export type NotedStatement =
  | { readonly verdict: 'new' | 'known'; readonly ledger: StatementLedger }
  | {
      readonly verdict: 'conflict'
      readonly ledger: StatementLedger
      readonly evidence: Equivocation
    }

/** Compares a statement with what the same peer said before of the same round and term, and remembers it. */
export function noteStatement(ledger: StatementLedger, statement: Statement): NotedStatement {
  const key = keyOf(statement)
  const redrawn = [...ledger.values()].find((other) => isRedrawn(other, statement))
  if (redrawn !== undefined) return { verdict: 'conflict', ledger, evidence: [redrawn, statement] }
  const known = ledger.get(key)
  if (known === undefined) return { verdict: 'new', ledger: withStatement(ledger, key, statement) }
  if (isEquivocation(known, statement)) {
    return { verdict: 'conflict', ledger, evidence: [known, statement] }
  }
  return { verdict: 'known', ledger }
}

/** Whether two correctly signed statements of one peer, about one round and term, differ in more than the time of sending. */
export function isEquivocation(a: Statement, b: Statement): boolean {
  return keyOf(a) === keyOf(b) && !sameBytes(contentOf(a), contentOf(b))
}

/**
 * Whether a round was opened a second time with another secret, block or sample: who may draw again once updates are known chooses the seed. So
 * this holds over all terms.
 */
function isRedrawn(a: Statement, b: Statement): boolean {
  const [one, other] = [a.message, b.message]
  if (one.type !== 'round-open' || other.type !== 'round-open') return false
  const isSameRound =
    a.sender === b.sender &&
    one.chainId === other.chainId &&
    one.scenario === other.scenario &&
    one.round === other.round
  return isSameRound && !sameBytes(randomnessOf(one), randomnessOf(other))
}

function randomnessOf({ commitment, block, sample }: RoundOpen): Uint8Array {
  return encodeCanonical({ commitment, block, sample: sample ?? null })
}

function keyOf({ message, sender }: Statement): string {
  const { type, chainId, scenario, term, round } = message
  return [sender, type, chainId, scenario, term, round].join('/')
}

function contentOf({ message }: Statement): Uint8Array {
  const { sentAt: _, ...content } = message
  return encodeCanonical(content)
}

function withStatement(
  ledger: StatementLedger,
  key: string,
  statement: Statement,
): StatementLedger {
  const next = new Map(ledger).set(key, statement)
  const [oldest] = next.keys()
  if (next.size > MAX_STATEMENTS && oldest !== undefined) next.delete(oldest)
  return next
}
