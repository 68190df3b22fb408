import { getAddress } from 'viem'
import { clientTokenAbi } from '../../generated/client-token.ts'
import { meanPoolAbi } from '../../generated/mean-pool.ts'
import { scenarioAbi } from '../../generated/scenario.ts'
import type { MarketTerms } from '../market-terms.ts'
import { applyTokenTransfer } from './apply-token-transfer.ts'
import { createDecoder } from './decode-log.ts'
import type { MarketLog } from './market-log.ts'
import { emptyMarket, type MarketState } from './market-state.ts'
import { POOL_HANDLERS } from './pool-handlers.ts'
import { SCENARIO_HANDLERS } from './scenario-handlers.ts'
import { expectToken } from './token-indexes.ts'

/** Decodes what a Scenario emits. */
export const decodeScenarioLog = createDecoder(scenarioAbi)
/** Decodes what a pool emits. */
export const decodePoolLog = createDecoder(meanPoolAbi)
const decodeTokenLog = createDecoder(clientTokenAbi)

/** State of a federation before its first event, from which `applyLog` goes on. */
export function startMarket(terms: MarketTerms): MarketState {
  const state = emptyMarket(terms)
  expectToken(state, 0)
  return state
}

/**
 * Takes the next event into the state, which it changes in place: with many holders a copy for every event would cost far more
 * than the events. Depends on nothing else, so the same logs always make the same state.
 * @param time - Unix seconds of the log's block.
 * @throws {IndexError} EVENTS_INCONSISTENT; then the state is of no more use.
 */
export function applyLog(state: MarketState, log: MarketLog, time: bigint): void {
  const { scenario, pool } = state.terms
  const address = log.address.toLowerCase()
  if (address === scenario.toLowerCase()) applyScenarioLog(state, log, time)
  else if (address === pool?.toLowerCase()) applyPoolLog(state, log, time)
  else applyTokenLog(state, log, time)
}

type Handler = (state: MarketState, args: unknown, time: bigint) => void

function applyScenarioLog(state: MarketState, log: MarketLog, time: bigint): void {
  const event = decodeScenarioLog(log)
  if (event === undefined) return
  // Name and arguments come from one item of the ABI, which the table's type is made of.
  const handle = SCENARIO_HANDLERS[event.eventName] as Handler
  handle(state, event.args, time)
}

function applyPoolLog(state: MarketState, log: MarketLog, time: bigint): void {
  const event = decodePoolLog(log)
  if (event === undefined) return
  // As above.
  const handle = POOL_HANDLERS[event.eventName] as Handler
  handle(state, event.args, time)
}

function applyTokenLog(state: MarketState, log: MarketLog, time: bigint): void {
  const index = state.tokenIndexes.get(log.address.toLowerCase())
  const event = decodeTokenLog(log)
  if (index === undefined || event?.eventName !== 'Transfer') return
  const { from, to, amount } = event.args
  applyTokenTransfer(state, { index, token: getAddress(log.address), from, to, amount, time })
}
