import type { CoordinatorEvent } from '@fednode/aggregator'
import { printable } from '@fednode/protocol'
import { headlineLine } from '../../../framework/headline-metric.ts'

const WAITING = {
  chain: 'Waiting for the chain',
  registration: 'Waiting for silos to register',
  market: 'Waiting for the market to be opened  (fednode market open)',
  resume: 'Paused  (fednode aggregator resume)',
  silos: 'Waiting for silos to connect',
  lease: 'Waiting to lead again',
} as const

/** An event in words. `keep`: the line stays; otherwise it is what happens now. */
export function describeCoordinatorEvent(
  event: CoordinatorEvent,
  rounds: number,
): { readonly keep: boolean; readonly text: string } {
  switch (event.type) {
    case 'listening':
      return kept(`Listening   ${event.addresses.join(', ')}`)
    case 'waiting':
      return kept(
        `${WAITING[event.for]}${event.detail === '' ? '' : `: ${printable(event.detail)}`}`,
      )
    case 'following':
      return current(
        `Standby     has the leader's rounds up to ${event.round} of ${rounds} (term ${event.term})`,
      )
    case 'rebuilt':
      return kept(describeRebuilt(event))
    case 'round-open':
      return current(`Round ${event.round} of ${rounds}   open`)
    case 'update':
      return current(
        `Round ${event.round} of ${rounds}   ${event.received} of ${event.expected} updates, last ${event.silo}`,
      )
    case 'refused':
      return kept(
        `Round ${event.round} of ${rounds}   refused ${printable(event.silo)}: ${event.code}`,
      )
    case 'assessing':
      return current(
        `Round ${event.round} of ${rounds}   valuing contributions${modelsText(event.evaluated)}`,
      )
    case 'round-closed':
      return kept(describeRecord(event.record, rounds))
    case 'anchored':
      return current(
        `Round ${event.round} of ${rounds}   ${event.step} on chain, ${event.gas.toLocaleString('en-US')} gas`,
      )
    case 'chain-delayed':
      return {
        keep: event.isNews,
        text: `Round ${event.round} of ${rounds}   ${event.step} on chain waits: ${printable(event.detail)}; again in ${Math.ceil(event.retryInMs / 1000)} s`,
      }
    case 'finished':
      return kept(`Finished    ${event.rounds} rounds, all anchored`)
  }
}

function describeRebuilt({ rounds, missingUpdates }: RebuiltEvent): string {
  const text = `Rebuilt     ${rounds} rounds of another aggregator`
  return missingUpdates === 0
    ? text
    : `${text}; ${missingUpdates} of their updates are kept by nobody`
}

function modelsText(evaluated: number): string {
  return evaluated === 0 ? '' : `, ${evaluated.toLocaleString('en-US')} models evaluated`
}

type RebuiltEvent = Extract<CoordinatorEvent, { type: 'rebuilt' }>
type ClosedRecord = Extract<CoordinatorEvent, { type: 'round-closed' }>['record']

function describeRecord(
  { round, metrics, loss, contributions, state }: ClosedRecord,
  rounds: number,
): string {
  const values = contributions
    .map(({ silo, shapley }) => `${silo} ${shapley < 0 ? '' : '+'}${shapley.toFixed(4)}`)
    .join('  ')
  const isVoid = state === 'void' ? '   void' : ''
  return `Round ${round} of ${rounds}   ${headlineLine(metrics)}loss ${loss.toFixed(3)}   ${values}${isVoid}`
}

function kept(text: string): { keep: boolean; text: string } {
  return { keep: true, text }
}

function current(text: string): { keep: boolean; text: string } {
  return { keep: false, text }
}
