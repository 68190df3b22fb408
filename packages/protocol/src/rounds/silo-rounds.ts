import type { Cid, PeerIdText, Round } from '../ids.ts'
import type { RoundOpen, RoundResult } from '../messages/types.ts'
import {
  type Equivocation,
  noteStatement,
  type Statement,
  type StatementLedger,
} from './statements.ts'

/** Where a silo stands in a federation: plain data, changed only by stepSilo. */
export type SiloRounds = {
  readonly aggregator: PeerIdText
  /** The manifest that the silo's administrator approved. */
  readonly manifest: Cid
  readonly term: number
  /** Highest round opened in this term; 0 before the first. */
  readonly opened: Round
  /** Highest round with a result; 0 before the first. */
  readonly finished: Round
  readonly ledger: StatementLedger
  /** Set once the aggregator was caught; nothing is trained afterwards. */
  readonly isStopped: boolean
}

/** What a silo does about a statement of its aggregator. */
export type SiloDecision =
  | { readonly type: 'train'; readonly open: RoundOpen }
  /** The round that is being trained, announced again: announce the update again if there is no receipt. */
  | { readonly type: 'again'; readonly open: RoundOpen }
  | { readonly type: 'result'; readonly result: RoundResult }
  | { readonly type: 'ignore'; readonly code: 'NOT_AGGREGATOR' | 'OLD' | 'KNOWN' | 'STOPPED' }
  | { readonly type: 'stop'; readonly code: 'EQUIVOCATION'; readonly evidence: Equivocation }
  | { readonly type: 'stop'; readonly code: 'WRONG_MANIFEST'; readonly manifest: Cid }

export type SiloStep = { readonly state: SiloRounds; readonly decision: SiloDecision }

/** A silo that starts, or starts again with what its journal holds. */
export function createSiloRounds(options: {
  readonly aggregator: PeerIdText
  readonly manifest: Cid
  readonly term?: number
  readonly finished?: Round
}): SiloRounds {
  const { aggregator, manifest, term = 0, finished = 0 } = options
  return { aggregator, manifest, term, opened: 0, finished, ledger: new Map(), isStopped: false }
}

/**
 * What a silo knows when it has read on the chain that a term has begun: words of earlier ones are of a leader that was deposed, whether
 * or not the new one was heard yet.
 */
export function raiseTerm(state: SiloRounds, term: number): SiloRounds {
  return term <= state.term ? state : { ...state, term, opened: 0 }
}

/**
 * A silo's rules for what its aggregator says, as a pure reducer: train each round once per term, never an older one, stop when two
 * statements exclude each other (T4) or another manifest is asked for. Scope and signature are checked before (checkScope).
 */
export function stepSilo(state: SiloRounds, statement: Statement): SiloStep {
  if (statement.sender !== state.aggregator) return ignore(state, 'NOT_AGGREGATOR')
  if (state.isStopped) return ignore(state, 'STOPPED')
  if (statement.message.term < state.term) return ignore(state, 'OLD')
  const noted = noteStatement(state.ledger, statement)
  if (noted.verdict === 'conflict') {
    const decision = { type: 'stop', code: 'EQUIVOCATION', evidence: noted.evidence } as const
    return { state: { ...state, isStopped: true }, decision }
  }
  const next = { ...state, ledger: noted.ledger }
  const { message } = statement
  return message.type === 'round-open'
    ? stepOpen(next, message)
    : stepResult(next, message, noted.verdict)
}

function stepOpen(state: SiloRounds, open: RoundOpen): SiloStep {
  if (open.manifest !== state.manifest) {
    const decision = { type: 'stop', code: 'WRONG_MANIFEST', manifest: open.manifest } as const
    return { state: { ...state, isStopped: true }, decision }
  }
  const isNewTerm = open.term > state.term
  if (open.round <= state.finished || (!isNewTerm && open.round < state.opened)) {
    return ignore(state, 'OLD')
  }
  if (!isNewTerm && open.round === state.opened) {
    return { state, decision: { type: 'again', open } }
  }
  return {
    state: { ...state, term: open.term, opened: open.round },
    decision: { type: 'train', open },
  }
}

function stepResult(state: SiloRounds, result: RoundResult, verdict: 'new' | 'known'): SiloStep {
  if (verdict === 'known' || result.round <= state.finished) return ignore(state, 'KNOWN')
  return {
    state: { ...state, term: result.term, finished: result.round },
    decision: { type: 'result', result },
  }
}

function ignore(
  state: SiloRounds,
  code: Extract<SiloDecision, { type: 'ignore' }>['code'],
): SiloStep {
  return { state, decision: { type: 'ignore', code } }
}
