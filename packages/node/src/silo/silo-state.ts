import {
  type Message,
  type Receipt,
  type RoundOpen,
  type RoundResult,
  raiseTerm,
  type SignedMessage,
  type SiloDecision,
  type SiloName,
  type SiloRounds,
  type Statement,
  type StatisticsOpen,
  stepSilo,
} from '@fednode/protocol'

/** What the aggregator has told this silo, newest of each kind. */
export type SiloState = {
  /** Rules of the protocol: terms, rounds, and whether the aggregator contradicts itself (T4). */
  readonly rounds: SiloRounds
  /** Asked for statistics, before round 1. */
  readonly asked?: StatisticsOpen
  readonly open?: RoundOpen
  readonly receipt?: SignedMessage<Receipt>
  readonly result?: RoundResult
  /** Set once: why nothing is trained any more. */
  readonly stop?: Extract<SiloDecision, { type: 'stop' }>
}

/** Takes in one accepted message; pure. Messages to and of other silos change nothing. */
export function reduceSiloState(
  state: SiloState,
  signed: SignedMessage,
  self: SiloName,
): SiloState {
  const { message } = signed
  if (isReceipt(signed)) {
    const isMine = signed.message.silo === self && message.term >= state.rounds.term
    return isMine ? { ...state, receipt: signed } : state
  }
  if (message.type === 'statistics-open') return takeQuestion(state, message)
  if (!isStatement(signed)) return state
  const { state: rounds, decision } = stepSilo(state.rounds, signed)
  switch (decision.type) {
    case 'train':
    case 'again':
      return { ...state, rounds, open: decision.open }
    case 'result':
      return { ...state, rounds, result: decision.result }
    case 'stop':
      return { ...state, rounds, stop: decision }
    case 'ignore':
      return { ...state, rounds }
  }
}

/** Of another manifest nothing is told; its rounds are refused when they open. */
function takeQuestion(state: SiloState, asked: StatisticsOpen): SiloState {
  const { rounds } = state
  if (rounds.isStopped || asked.manifest !== rounds.manifest) return state
  return { ...state, rounds: raiseTerm(rounds, asked.term), asked }
}

function isReceipt(signed: SignedMessage<Message>): signed is SignedMessage<Receipt> {
  return signed.message.type === 'receipt'
}

function isStatement(signed: SignedMessage<Message>): signed is Statement {
  return signed.message.type === 'round-open' || signed.message.type === 'round-result'
}
