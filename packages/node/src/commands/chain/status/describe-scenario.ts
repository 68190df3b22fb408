import { type Books, ONE_TOKEN, type ScenarioState } from '@fednode/contracts'
import { zeroAddress } from 'viem'
import { momentText } from '../../../framework/moment-text.ts'
import { amountText, percentText } from '../../../framework/number-text.ts'
import { shareOf } from '../../market/share-of.ts'

const DECIMALS = 6
/** Assertions of a round that were struck down, at most. */
const MAX_COUNTED = 6
/** Phases in which a round runs. */
const IN_ROUND = ['open', 'asserted', 'disputed']

/** Where a federation stands, one fact a line. @param now - Unix seconds, by the chain's clock. */
export function describeScenario(
  state: ScenarioState,
  books: Books,
  now: bigint,
): readonly string[] {
  const { address, federator } = state
  return [
    line('scenario', address),
    line('federator', federator),
    line('phase', phaseText(state)),
    line('silos', silosText(state)),
    line('market', marketText(state)),
    ...pauseLines(state, now),
    ...scheduleLines(state),
    ...disputeLines(state, books),
    line('deposited', currency(books.deposited)),
    line('claimed', currency(books.claimed)),
    line('claimable', currency(books.claimable)),
  ]
}

function phaseText({ phase, currentRound, params, finalizableAt }: ScenarioState): string {
  if (!IN_ROUND.includes(phase)) return phase
  const round = `${phase}, round ${currentRound} of ${params.rounds}`
  return phase === 'asserted' ? `${round}, may be settled from ${momentText(finalizableAt)}` : round
}

function silosText({ clients, params, phase, activeClients }: ScenarioState): string {
  const names = clients.map(({ name }) => name)
  const all = `${names.join(', ') || 'none yet'} (at most ${params.maxClients})`
  const late = IN_ROUND.includes(phase) ? names.slice(activeClients) : []
  return late.length === 0 ? all : `${all}; from the next round on: ${late.join(', ')}`
}

function marketText({ poolOpen, params }: ScenarioState): string {
  if (poolOpen) return 'open'
  return params.seedCurrency === 0n ? 'none' : 'not open yet'
}

function pauseLines({ params, pausedUntil }: ScenarioState, now: bigint): readonly string[] {
  if (params.guardian === zeroAddress) return []
  const paused =
    pausedUntil > now ? `; market and new rounds paused until ${momentText(pausedUntil)}` : ''
  return [line('guardian', `${params.guardian} may pause${paused}`)]
}

function scheduleLines(state: ScenarioState): readonly string[] {
  const { params, phase, scheduledPot, currentRound } = state
  const { firstPot, potRatio } = params
  if (firstPot === 0n) return [line('schedule', 'free: every round pays what it was funded with')]
  const ratio =
    potRatio === ONE_TOKEN
      ? 'every round the same'
      : `each ${percentText(shareOf(potRatio), 2)} of the one before`
  const present = IN_ROUND.includes(phase)
    ? `; round ${currentRound} must hold ${currency(scheduledPot)}`
    : ''
  return [line('schedule', `first pot ${currency(firstPot)}, ${ratio}${present}`)]
}

function disputeLines(state: ScenarioState, books: Books): readonly string[] {
  const { params, assertion, bonds, struckDown } = state
  if (params.resolver === zeroAddress)
    return [line('disputes', 'none: what the federator asserts stands')]
  // The contract counts no further.
  const more = struckDown === MAX_COUNTED ? ' or more' : ''
  const times = struckDown === 1 ? 'once' : `${struckDown} times${more}`
  const struck = struckDown === 0 ? '' : `; struck down ${times} in this round`
  const stakes = `to assert ${currency(bonds.assertion)}, to dispute ${currency(bonds.dispute)}`
  const disputed =
    assertion === null || assertion.disputer === null
      ? []
      : [
          line(
            'dispute',
            `by ${assertion.disputer}, decided from ${momentText(assertion.resolvableAt)} on`,
          ),
        ]
  return [
    line('resolver', params.resolver),
    line('bonds', `${stakes}; ${currency(books.bonds)} held${struck}`),
    ...disputed,
  ]
}

function line(name: string, value: string): string {
  return `${name.padEnd(11)} ${value}`
}

function currency(wei: bigint): string {
  return `${amountText(wei, DECIMALS)} CUR`
}
