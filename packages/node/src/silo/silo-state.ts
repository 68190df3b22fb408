import type {
  Message,
  Receipt,
  RoundOpen,
  RoundResult,
  SignedMessage,
  SiloName,
} from '@fednode/protocol'

/** What the aggregator has told this silo, newest of each kind. */
export type SiloState = {
  /** Highest term seen. */
  readonly term: number
  readonly open?: SignedMessage<RoundOpen>
  readonly receipt?: Receipt
  readonly result?: RoundResult
  /** Two signed announcements of one round and term that differ: proof that the aggregator says different things to different silos (T4). */
  readonly conflict?: readonly [SignedMessage<RoundOpen>, SignedMessage<RoundOpen>]
}

export const initialSiloState: SiloState = { term: 0 }

/** Takes in one accepted message; pure. Messages of other silos change nothing. */
export function reduceSiloState(
  state: SiloState,
  signed: SignedMessage,
  self: SiloName,
): SiloState {
  const { message } = signed
  if (message.type === 'update-ready' || message.term < state.term) return state
  const term = message.term
  if (isRoundOpen(signed)) return reduceOpen({ ...state, term }, signed)
  if (message.type === 'receipt') {
    return message.silo === self ? { ...state, term, receipt: message } : { ...state, term }
  }
  if (message.type !== 'round-result') return state
  const isNewer = state.result === undefined || message.round >= state.result.round
  return isNewer ? { ...state, term, result: message } : { ...state, term }
}

function reduceOpen(state: SiloState, signed: SignedMessage<RoundOpen>): SiloState {
  const { open } = state
  if (open === undefined) return { ...state, open: signed }
  const [before, now] = [open.message, signed.message]
  if (now.term === before.term && now.round === before.round) {
    return saysTheSame(before, now) ? state : { ...state, conflict: [open, signed] }
  }
  return now.term > before.term || now.round > before.round ? { ...state, open: signed } : state
}

function saysTheSame(a: RoundOpen, b: RoundOpen): boolean {
  return (
    a.manifest === b.manifest &&
    a.model.cid === b.model.cid &&
    a.model.size === b.model.size &&
    a.deadline === b.deadline
  )
}

function isRoundOpen(signed: SignedMessage<Message>): signed is SignedMessage<RoundOpen> {
  return signed.message.type === 'round-open'
}
