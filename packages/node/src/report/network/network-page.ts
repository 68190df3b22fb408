import { parameterText } from '../../chain/parameter-value.ts'
import { amountText, percentText, signedAmountText } from '../../framework/number-text.ts'
import { gapOf } from '../../local/network/gain-of.ts'
import type { NetworkResult } from '../../local/network/network-result.ts'
import { html, type Markup } from '../markup.ts'
import type { ChartRenderer } from '../render-chart.ts'
import { dataTable } from '../table.ts'
import { wholePage } from '../whole-page.ts'
import { booksTable } from './books-table.ts'
import { accuracyChart, gainChart } from './network-charts.ts'
import { arenaTables, nodeTable, roundTable, seatTable, voteTable } from './network-tables.ts'

/** The report of one local network: who voted on what, what the alliance and the arena came to, and who earned and lost. */
export function networkPage(result: NetworkResult, draw: ChartRenderer): string {
  const { nodes, alliance, chainId, seconds } = result
  const title = 'A network on one machine'
  const attackers = nodes.filter(({ attack }) => attack !== undefined)
  return wholePage(
    title,
    html`<h1>${title}</h1>
<p>${String(nodes.length)} nodes in an alliance of ${String(alliance.rounds.length)} rounds and a task of the arena, on chain ${String(chainId)}. ${attackers.map(({ name }) => name).join(' and ')} of the alliance are malicious on purpose. The whole run took ${seconds.toFixed(0)} seconds.</p>
${headline(result)}
<h2>Governance</h2>${governance(result)}
<h2>The alliance</h2>${draw(accuracyChart(result))}${roundTable(result)}${seatTable(result)}${draw(gainChart(result))}
<h2>The arena</h2>${arenaTables(result)}
<h2>What everybody earned, lost and voted</h2>${nodeTable(result)}${voteTable(result)}
<h2>Money</h2>${booksTable(result)}
<h2>To check</h2>${evidence(result)}`,
  )
}

function headline(result: NetworkResult): Markup {
  const { nodes, alliance, governance: vote } = result
  const { poorest, richest } = gapOf(nodes)
  const accepted = alliance.rounds.filter(({ verdict }) => verdict === 'accepted').length
  const last = alliance.rounds.findLast(({ accuracy }) => accuracy !== undefined)?.accuracy
  const cards = [
    card(
      'Accuracy on held-out rows',
      percentText(last ?? alliance.accuracyBefore),
      `from ${percentText(alliance.accuracyBefore)}; ${accepted} of ${alliance.rounds.length} rounds accepted`,
    ),
    card(
      'Poorest honest ally',
      `${signedAmountText(poorest, 0)} FDN`,
      'earned, less what was taken',
    ),
    card('Richest malicious ally', `${signedAmountText(richest, 0)} FDN`, 'the same'),
    card(
      vote.parameter,
      parameterText(vote.after, vote.unit),
      `was ${parameterText(vote.before, vote.unit)}; ${vote.ballots.length} holders voted`,
    ),
  ]
  return html`<dl class="headline">${cards}</dl>`
}

function card(label: string, value: string, note: string): Markup {
  return html`<div><dt>${label}</dt><dd>${value} <small>${note}</small></dd></div>`
}

function governance({ governance: vote }: NetworkResult): Markup {
  const sum = (amount: bigint): string => `${amountText(amount, 0)} FDN`
  const { votes, unit } = vote
  return html`<p>${vote.description}.</p>
<dl class="plan">
<dt>${vote.parameter}</dt><dd>${parameterText(vote.before, unit)} before, ${parameterText(vote.after, unit)} after</dd>
<dt>Outcome</dt><dd>${vote.state}: for ${sum(votes.for)}, against ${sum(votes.against)}, abstained ${sum(votes.abstain)}, scam ${sum(votes.scam)}; the quorum is ${sum(vote.quorum)}</dd>
<dt>Its stake</dt><dd>${sum(vote.stake)}, of which ${sum(vote.stakeReturned)} went back</dd>
</dl>
${dataTable(
  'Votes count what was held the second before the proposal was made.',
  [
    { heading: 'holder', cell: ({ name }) => name, text: true },
    { heading: 'voted', cell: (ballot) => ballot.vote, text: true },
    { heading: 'with FDN', cell: ({ weight }) => amountText(weight, 0) },
  ],
  vote.ballots,
)}`
}

function evidence({ network, manifestCid, governance: vote, nodes }: NetworkResult): Markup {
  const code = (text: string): Markup => html`<span class="code">${text}</span>`
  return html`<dl class="plan">
<dt>Network</dt><dd class="code">${network}</dd>
<dt>Manifest</dt><dd class="code">${manifestCid}</dd>
<dt>Proposal</dt><dd class="code">${String(vote.id)}</dd>
</dl>
${dataTable(
  'Accounts of the nodes.',
  [
    { heading: 'node', cell: ({ name }) => name, text: true },
    { heading: 'account', cell: ({ account }) => code(account), text: true },
    { heading: 'its rows', cell: ({ rows }) => rows, text: true },
  ],
  nodes,
)}`
}
