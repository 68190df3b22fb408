import { amountText, percentText, signedAmountText } from '../../framework/number-text.ts'
import { gainOf } from '../../local/network/gain-of.ts'
import type {
  AllianceRoundOutcome,
  NetworkResult,
  NodeOutcome,
} from '../../local/network/network-result.ts'
import { html, type Markup } from '../markup.ts'
import { type Column, dataTable } from '../table.ts'

const ROLES = {
  alliance: 'alliance',
  'arena-node': 'arena node',
  'arena-validator': 'arena validator',
} as const

/** One line for everybody who ran a node: stake, and what came of it. */
export function nodeTable({ nodes }: NetworkResult): Markup {
  const columns: Column<NodeOutcome>[] = [
    { heading: 'node', cell: nameMarkup, text: true },
    { heading: 'role', cell: ({ role }) => ROLES[role], text: true },
    { heading: 'stake before', cell: ({ stakeBefore }) => amountText(stakeBefore) },
    { heading: 'after', cell: ({ stakeAfter }) => amountText(stakeAfter) },
    { heading: 'earned', cell: ({ earned }) => amountText(earned) },
    { heading: 'for reports', cell: ({ reported }) => amountText(reported) },
    { heading: 'slashed', cell: ({ lost }) => amountText(lost) },
    { heading: 'fee', cell: ({ fee }) => amountText(fee) },
    { heading: 'gain', cell: (node) => signedAmountText(gainOf(node)) },
  ]
  return dataTable(
    'FDN. For reports: a part of what others lost when this node took a round on. Fee: what training nodes pay to come in.',
    columns,
    nodes,
  )
}

/** What everybody was drawn for and did. */
export function voteTable({ nodes }: NetworkResult): Markup {
  const columns: Column<NodeOutcome>[] = [
    { heading: 'node', cell: nameMarkup, text: true },
    { heading: 'proposals approved', cell: ({ proposals: p }) => partText(p.approved, p.drawn) },
    { heading: 'votes won', cell: ({ votes }) => partText(votes.withMajority, votes.cast) },
    { heading: 'votes missed', cell: ({ votes }) => String(votes.missed) },
  ]
  const voting = nodes.filter(({ role }) => role !== 'arena-node')
  return dataTable(
    'A vote is won with the majority of its round; in the arena, when it was close enough to the consensus to be paid.',
    columns,
    voting,
  )
}

function nameMarkup({ name, attack }: NodeOutcome): Markup {
  if (attack === undefined) return html`${name}`
  return html`${name} <span class="soft">(malicious: ${attack})</span>`
}

function partText(part: number, whole: number): string {
  return whole === 0 ? '-' : `${part} of ${whole}`
}

/** Each round of the alliance: how it ended, and what that cost or gave. */
export function roundTable({ alliance }: NetworkResult): Markup {
  const columns: Column<AllianceRoundOutcome>[] = [
    { heading: 'round', cell: ({ round }) => String(round), text: true },
    { heading: 'verdict', cell: ({ verdict }) => verdict, text: true },
    { heading: 'accuracy', cell: ({ accuracy: a }) => (a === undefined ? '-' : percentText(a)) },
    { heading: 'loss', cell: ({ loss }) => loss?.toFixed(4) ?? '-' },
    {
      heading: 'approved',
      cell: ({ proposers: p }) => partText(p.filter(({ approved }) => approved).length, p.length),
    },
    {
      heading: 'with majority',
      cell: ({ voters: v }) => partText(v.filter((one) => one.withMajority).length, v.length),
    },
    { heading: 'paid FDN', cell: ({ paid }) => amountText(paid) },
    { heading: 'taken FDN', cell: ({ taken }) => amountText(taken) },
  ]
  return dataTable(
    'Of proposals, approved ones; of voters, who was with the majority.',
    columns,
    alliance.rounds,
  )
}

/** Who was drawn for what in each round of the alliance, and what they said. */
export function seatTable({ alliance }: NetworkResult): Markup {
  const columns: Column<AllianceRoundOutcome>[] = [
    { heading: 'round', cell: ({ round }) => String(round), text: true },
    { heading: 'proposers', cell: proposersText, text: true },
    { heading: 'voters', cell: votersText, text: true },
  ]
  return dataTable(
    'Proposers: + approved of, − not. Voters: + found the new model better, − worse, ? said nothing; in brackets who was not with the majority.',
    columns,
    alliance.rounds,
  )
}

function proposersText({ proposers }: AllianceRoundOutcome): string {
  return proposers.map(({ name, approved }) => `${approved ? '+' : '−'} ${name}`).join(', ')
}

function votersText({ voters }: AllianceRoundOutcome): string {
  return voters
    .map(({ name, score, withMajority }) => {
      const said = score === undefined ? `? ${name}` : `${score > 0 ? '+' : '−'} ${name}`
      return withMajority ? said : `(${said})`
    })
    .join(', ')
}

/** The arena's models by place, and its validators. */
export function arenaTables({ arena }: NetworkResult): Markup {
  return html`${dataTable(
    'Models, the best first. Points: what the validators agreed on, 10,000 at most. What is locked waited for the end of the task; it has been paid since.',
    [
      { heading: 'place', cell: ({ place }) => String(place ?? '-'), text: true },
      { heading: 'model of', cell: ({ name }) => name, text: true },
      { heading: 'trained on', cell: ({ rows }) => rows, text: true },
      { heading: 'points', cell: ({ points }) => String(points) },
      { heading: 'earned FDN', cell: ({ reward }) => amountText(reward) },
      { heading: 'of that locked', cell: ({ locked }) => amountText(locked) },
    ],
    arena.models,
  )}${dataTable(
    'Validators: what they said of each model, and how far that was from what all agreed on.',
    [
      { heading: 'validator', cell: ({ name }) => name, text: true },
      { heading: 'scores', cell: ({ scores }) => scores?.join(', ') ?? 'not revealed', text: true },
      { heading: 'off by', cell: ({ off }) => off?.toFixed(0) ?? '-' },
      { heading: 'earned FDN', cell: ({ reward }) => amountText(reward) },
    ],
    arena.voters,
  )}`
}
