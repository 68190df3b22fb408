import { formatAmount } from '@fednode/contracts'
import { progressBar } from '../runtime/progress-bar.ts'
import type { ArenaEvent } from './arena-events.ts'

const BAR_WIDTH = 20
const VALUE_DIGITS = 4
const WAITING = {
  round: 'waiting until models are fixed',
  beacon: 'waiting for the beacon to draw validators',
  votes: 'waiting for scores',
} as const
const STEPS = {
  freeze: 'models fixed',
  draw: 'validators drawn',
  void: 'given up: the beacon did not come',
  count: 'scores counted',
} as const
const MISSED = {
  vote: 'no scores were committed to in time',
  reveal: 'the scores were not revealed in time',
} as const

/** An event in words. */
export function describeArenaEvent(event: ArenaEvent): string {
  const round = 'round' in event ? `Round ${event.round}   ` : ''
  switch (event.type) {
    case 'listening':
      return `Listening   ${event.addresses.join(', ')}`
    case 'joined':
      return `Joined      as ${event.role} ${event.account} with ${inTokens(event.stake)} at stake`
    case 'waiting':
      return `${round}${WAITING[event.for]}`
    case 'training':
      return `${round}train ${progressBar(event.done / event.total, BAR_WIDTH)}   loss ${event.loss.toFixed(3)}`
    case 'submitted':
      return `${round}submitted ${event.digest}`
    case 'drawn':
      return `${round}drawn for ${event.models.length === 0 ? 'no model' : `models ${event.models.join(', ')}`}`
    case 'scored':
      return `${round}model ${event.model} of ${event.node}: ${scoredText(event)}`
    case 'committed':
      return `${round}scores committed`
    case 'revealed':
      return `${round}scores revealed`
    case 'advanced':
      return `${round}${STEPS[event.step]}`
    case 'punished':
      return `${round}seat ${event.seat} slashed: its scores were missing or far off`
    case 'missed':
      return `${round}missed: ${MISSED[event.duty]}, which costs a part of the stake`
    case 'ended':
      return `${round}${endedText(event)}`
    case 'gas-low':
      return `Gas         the account has little native coin left (${formatAmount(BigInt(event.balance))}): without it duties are missed`
    case 'trouble':
      return `Trouble     ${event.reason}; trying again`
    case 'claimed':
      return `Claimed     ${inTokens(event.amount)}`
    case 'finished':
      return `Finished    earned ${inTokens(event.earned)}${event.waiting === '0' ? '' : `, of which ${inTokens(event.waiting)} vests: the same command, later, claims it`}`
  }
}

function scoredText({ score, value }: Extract<ArenaEvent, { type: 'scored' }>): string {
  if (value === undefined) return 'no points: it did not come, or is no model of this task'
  return `${score} points, from ${value.toFixed(VALUE_DIGITS)}`
}

function endedText(event: Extract<ArenaEvent, { type: 'ended' }>): string {
  if (event.result === 'void') return 'ended without a result'
  const reward = `earned ${inTokens(event.reward)}`
  if (event.score === undefined) return reward
  const place = event.place === undefined ? 'no place' : `place ${event.place}`
  return `${place} with ${event.score} points: ${reward}`
}

function inTokens(wei: string): string {
  return `${formatAmount(BigInt(wei))} FDN`
}
