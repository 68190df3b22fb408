import type { scenarioAbi } from '../../generated/scenario.ts'
import { SCALE_BITS } from '../../model/stream.ts'
import { inconsistent } from '../index-error.ts'
import { BOND_HANDLERS } from './bond-handlers.ts'
import { changesNothing, type EventHandlers } from './event-handlers.ts'
import { holdingOf } from './holdings.ts'
import { ROUND_HANDLERS } from './round-handlers.ts'
import { expectToken } from './token-indexes.ts'

/** What each event of a Scenario does to the state. */
export const SCENARIO_HANDLERS: EventHandlers<typeof scenarioAbi> = {
  ...ROUND_HANDLERS,
  ...BOND_HANDLERS,
  Registered(state, { index, controller, token, name }) {
    const client = state.clients[index]
    if (client === undefined || client.token !== token) {
      throw inconsistent(`client ${index} registered, but its tokens ${token} were not handed out`)
    }
    client.controller = controller
    client.name = name
    expectToken(state, index + 1)
  },
  Claimed({ clients, paid }, { index, holder, amount }) {
    const client = clients[index]
    if (client === undefined) throw inconsistent(`a claim on client ${index}, who is unknown`)
    holdingOf(client.holdings, holder).correction -= amount << SCALE_BITS
    paid.claimed += amount
  },
  PoolClaimed({ paid, lp }, { amount }) {
    paid.claimed += amount
    paid.poolDrawn += amount
    lp.held += amount
  },
  Paused(state, { until }) {
    state.pausedUntil = until
  },
  Allowed: changesNothing,
  IssuanceSet: changesNothing,
  EndpointSet: changesNothing,
  ReceiverSet: changesNothing,
  // The pool's own Opened event says more.
  MarketOpened: changesNothing,
}
