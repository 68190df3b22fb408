import type { scenarioAbi } from '../../generated/scenario.ts'
import { inconsistent } from '../index-error.ts'
import { applyStreams } from './apply-streams.ts'
import type { EventHandlers } from './event-handlers.ts'
import { type MarketState, NO_ASSERTION } from './market-state.ts'

type RoundEvent =
  | 'RegistrationClosed'
  | 'RoundFunded'
  | 'RoundAsserted'
  | 'StreamsUpdated'
  | 'RoundFinalized'
  | 'RoundVoided'
  | 'Closed'

/** Events that take the rounds from open to settled. */
export const ROUND_HANDLERS: Pick<EventHandlers<typeof scenarioAbi>, RoundEvent> = {
  RegistrationClosed({ machine, terms }, { clients }, time) {
    machine.phase = clients >= terms.minClients ? 'open' : 'closed'
    if (machine.phase === 'closed') return
    machine.round = 1
    machine.startedAt = time
    machine.activeClients = clients
  },
  RoundFunded({ machine, paid }, { round, amount }) {
    addToPot(machine, round, amount)
    paid.deposited += amount
  },
  RoundAsserted({ machine, bonds }, { sharesHash, finalizableAt, bond }) {
    machine.phase = 'asserted'
    machine.finalizableAt = finalizableAt
    bonds.held += bond
    bonds.assertion = { ...NO_ASSERTION, sharesHash, bond }
  },
  StreamsUpdated(state, { from, rewards, rates, start }, time) {
    applyStreams(state, { from, rewards, rates, start }, time)
  },
  RoundFinalized(state, { round, pot, carried }, time) {
    const { machine } = state
    const expected = pot - machine.settled.rewarded + machine.settled.carried
    endRound(state, { round, pot, carried, expected }, time)
  },
  RoundVoided(state, { round, carried }, time) {
    endRound(state, { round, pot: carried, carried, expected: carried }, time)
  },
  Closed({ paid }, { returned }) {
    paid.returned += returned
  },
}

/** Puts money into the pot of a round. */
export function addToPot(machine: MarketState['machine'], round: number, amount: bigint): void {
  machine.pots.set(round, (machine.pots.get(round) ?? 0n) + amount)
}

type RoundEnd = {
  readonly round: number
  readonly pot: bigint
  readonly carried: bigint
  /** What the events of the round make of `carried`. */
  readonly expected: bigint
}

function endRound(state: MarketState, end: RoundEnd, time: bigint): void {
  const { machine, bonds, terms } = state
  const pot = (machine.pots.get(end.round) ?? 0n) + machine.carried
  if (end.round !== machine.round || end.pot !== pot || end.carried !== end.expected) {
    throw inconsistent(
      `round ${end.round} ends with a pot of ${end.pot} and carries ${end.carried}, but round ${machine.round} has ${pot} and leaves ${end.expected}`,
    )
  }
  const last = end.round === terms.rounds
  machine.phase = last ? 'closed' : 'open'
  if (!last) machine.round += 1
  machine.activeClients = state.clients.length
  machine.startedAt = time
  machine.finalizableAt = 0n
  machine.carried = end.carried
  machine.settled = { rewarded: 0n, carried: 0n }
  bonds.assertion = { ...NO_ASSERTION }
  bonds.attempt = 0
}
