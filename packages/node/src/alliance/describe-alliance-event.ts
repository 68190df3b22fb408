import { formatAmount } from '@fednode/contracts'
import { progressBar } from '../runtime/progress-bar.ts'
import type { AllianceEvent } from './alliance-events.ts'

const BAR_WIDTH = 20
const DECIMALS = 4
const ROLES = {
  proposer: 'drawn to propose',
  voter: 'drawn to vote',
  none: 'not drawn',
} as const
const WAITING = {
  participants: 'Waiting for more participants',
  round: 'Waiting for the next round',
  beacon: 'Waiting for the beacon to draw roles',
  chain: 'Waiting for the chain: no answer',
} as const
const MISSED = {
  contribution: 'nothing was contributed in time',
  vote: 'no vote was committed to in time',
  reveal: 'the vote was not revealed in time',
} as const

/** An event in words. */
export function describeAllianceEvent(event: AllianceEvent): string {
  const round = 'round' in event ? `Round ${event.round}   ` : ''
  switch (event.type) {
    case 'listening':
      return `Listening   ${event.addresses.join(', ')}`
    case 'joined':
      return `Joined      as ${event.account} with ${inTokens(event.stake)} at stake`
    case 'waiting':
      return WAITING[event.for]
    case 'drawn':
      return `${round}${ROLES[event.role]}`
    case 'training':
      return `${round}train ${progressBar(event.done / event.total, BAR_WIDTH)}   loss ${event.loss.toFixed(3)}`
    case 'contributed':
      return `${round}contributed ${event.digest}`
    case 'voted':
      return `${round}${event.score > 0 ? 'better' : 'not better'}: loss ${event.lossBefore.toFixed(DECIMALS)} -> ${event.lossAfter.toFixed(DECIMALS)}, approves of ${event.approved} of ${event.contributions}`
    case 'revealed':
      return `${round}vote revealed`
    case 'advanced':
      return `${round}taken on: ${event.phase}`
    case 'missed':
      return `${round}missed: ${MISSED[event.duty]}, which costs a part of the stake`
    case 'settled':
      return `${round}${event.verdict}, model ${event.model}`
    case 'stake-low':
      return `Stake       ${inTokens(event.stake)} is below the least of ${inTokens(event.least)}: this node is let go at the next round; stake more to stay`
    case 'gas-low':
      return `Gas         the account has little native coin left (${formatAmount(BigInt(event.balance))}): without it duties are missed`
    case 'trouble':
      return `Trouble     ${event.reason}; trying again`
    case 'claimed':
      return `Claimed     ${inTokens(event.amount)}, to the node's position in the network`
    case 'finished':
      return event.model === undefined ? 'Finished' : `Finished    trained model: ${event.model}`
  }
}

function inTokens(wei: string): string {
  return `${formatAmount(BigInt(wei))} FDN`
}
