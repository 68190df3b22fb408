import { parameterText } from '../../chain/parameter-value.ts'
import {
  amountText,
  exactAmountText,
  percentText,
  signedAmountText,
} from '../../framework/number-text.ts'
import { textTable } from '../../framework/text-table.ts'
import { gainOf, gapOf } from './gain-of.ts'
import type { GovernanceOutcome, NetworkResult, NodeOutcome, PotOutcome } from './network-result.ts'

/** What a local network came to, as the tables that close it: everybody, rounds, arena, vote, money. */
export function networkText(result: NetworkResult): string {
  return [
    everybody(result),
    '',
    'Alliance',
    allianceTable(result),
    '',
    'Arena',
    modelTable(result),
    '',
    voterTable(result),
    '',
    ...governanceLines(result.governance),
    '',
    ...moneyLines(result),
  ].join('\n')
}

function everybody({ nodes }: NetworkResult): string {
  const table = textTable(
    ['node', 'stake', 'after', 'earned', 'lost', 'gain', 'seats', 'votes', 'missed'],
    nodes.map((node) => [
      nameText(node),
      amountText(node.stakeBefore, 0),
      amountText(node.stakeAfter, 0),
      amountText(node.earned + node.reported),
      amountText(node.lost + node.fee),
      signedAmountText(gainOf(node)),
      partText(node.proposals.approved, node.proposals.drawn),
      partText(node.votes.withMajority, node.votes.cast),
      String(node.votes.missed),
    ]),
    { textColumns: [0] },
  )
  const attackers = nodes.filter(({ attack }) => attack !== undefined)
  const { poorest, richest } = gapOf(nodes)
  const told = attackers.map(({ name, attack }) => `${name}: ${attack}`).join(', ')
  return [
    table,
    'FDN; seats: proposals that voters approved of; votes: with the majority, or close to it',
    `! malicious on purpose (${told})`,
    `allies: poorest honest ${signedAmountText(poorest)} FDN, richest malicious ${signedAmountText(richest)} FDN`,
  ].join('\n')
}

function nameText({ name, attack }: NodeOutcome): string {
  return attack === undefined ? name : `${name} !`
}

function partText(part: number, whole: number): string {
  return whole === 0 ? '-' : `${part}/${whole}`
}

function allianceTable({ alliance: { rounds, accuracyBefore } }: NetworkResult): string {
  return textTable(
    ['round', 'verdict', 'accuracy', 'loss', 'approved', 'majority', 'paid', 'taken'],
    [
      ['-', '', percentText(accuracyBefore), '', '', '', '', ''],
      ...rounds.map((round) => [
        String(round.round),
        round.verdict,
        round.accuracy === undefined ? '-' : percentText(round.accuracy),
        round.loss?.toFixed(3) ?? '-',
        partText(round.proposers.filter(({ approved }) => approved).length, round.proposers.length),
        partText(
          round.voters.filter(({ withMajority }) => withMajority).length,
          round.voters.length,
        ),
        amountText(round.paid),
        amountText(round.taken),
      ]),
    ],
    { textColumns: [1] },
  )
}

function modelTable({ arena: { models } }: NetworkResult): string {
  return textTable(
    ['place', 'model of', 'trained on', 'points', 'earned', 'of that locked'],
    models.map(({ place, name, rows, points, reward, locked }) => [
      String(place ?? '-'),
      name,
      rows,
      String(points),
      amountText(reward),
      amountText(locked),
    ]),
    { textColumns: [1, 2] },
  )
}

function voterTable({ arena: { voters } }: NetworkResult): string {
  return textTable(
    ['validator', 'scores', 'off by', 'earned'],
    voters.map(({ name, scores, off, reward }) => [
      name,
      scores?.join(' ') ?? 'not revealed',
      off?.toFixed(0) ?? '-',
      amountText(reward),
    ]),
    { textColumns: [0, 1] },
  )
}

function governanceLines(governance: GovernanceOutcome): readonly string[] {
  const { parameter, unit, before, after, state, votes, quorum, ballots } = governance
  const sum = (amount: bigint): string => `${amountText(amount, 0)} FDN`
  return [
    `Vote     ${parameter}: ${parameterText(before, unit)} -> ${parameterText(after, unit)}, ${state}`,
    `         for ${sum(votes.for)}, against ${sum(votes.against)}, quorum ${sum(quorum)}`,
    ...ballots.map(
      ({ name, vote, weight }) => `         ${name} voted ${vote} with ${sum(weight)}`,
    ),
  ]
}

function moneyLines({ alliance, arena, emission, penalties }: NetworkResult): readonly string[] {
  const { slashed, fees, toReporters, toTreasury, burned } = penalties
  return [
    `Emitted  ${exactAmountText(emission.minted)} FDN for ${emission.days} ${emission.days === 1n ? 'day' : 'days'}: tasks ${exactAmountText(emission.tasks)}, treasury ${exactAmountText(emission.treasury)}`,
    `Pool     ${potText(alliance.pool)}`,
    `Pot      ${potText(arena.pot)}`,
    `Taken    slashed ${exactAmountText(slashed)} + fees ${exactAmountText(fees)} = reporters ${exactAmountText(toReporters)} + treasury ${exactAmountText(toTreasury)} + burned ${exactAmountText(burned)}`,
  ]
}

function potText({ funded, emitted, earned, left }: PotOutcome): string {
  return `paid in ${exactAmountText(funded)} + emitted ${exactAmountText(emitted)} = earned ${exactAmountText(earned)} + left ${exactAmountText(left)}`
}
