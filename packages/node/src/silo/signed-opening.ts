import type { RoundOpen, SignedMessage, Statement } from '@fednode/protocol'

/**
 * The signed message with which a round was opened in the term of `open`: the first that came. A later copy of the same opening, which
 * an aggregator says to those who may have missed it, differs in the time of sending only.
 */
export function signedOpening(
  statements: Iterable<Statement>,
  { round, term }: RoundOpen,
): SignedMessage<RoundOpen> | undefined {
  for (const statement of statements) {
    const { message } = statement
    if (isOpening(statement) && message.round === round && message.term === term) return statement
  }
  return undefined
}

function isOpening(statement: Statement): statement is SignedMessage<RoundOpen> {
  return statement.message.type === 'round-open'
}
