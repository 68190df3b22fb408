import { countText } from '../framework/number-text.ts'
import type { UpResult } from '../local/up-result.ts'
import { html, type Markup } from './markup.ts'
import { dataTable } from './table.ts'

/** Everything that somebody needs to check the run without believing this page. */
export function evidence(result: UpResult): Markup {
  return html`<h2>To check</h2>
<dl class="plan">
<dt>Scenario</dt><dd class="code">${result.scenario}</dd>
<dt>Orchestrator</dt><dd class="code">${result.orchestrator}</dd>
<dt>Manifest</dt><dd class="code">${result.manifestCid}</dd>
<dt>Validation rows</dt><dd class="code">${result.manifest.contribution.validation}</dd>
</dl>
${dataTable(
  'Anchored with each round: the model and the bundle that its values can be recomputed from.',
  [
    { heading: 'round', cell: (record) => String(record.round), text: true },
    { heading: 'model digest', cell: (record) => code(record.modelDigest), text: true },
    { heading: 'evidence', cell: (record) => code(record.evidenceCid), text: true },
  ],
  result.rounds,
)}
${dataTable(
  'Tokens of the silos.',
  [
    { heading: 'silo', cell: (silo) => silo.name, text: true },
    { heading: 'account', cell: (silo) => code(silo.account), text: true },
    { heading: 'token', cell: (silo) => code(silo.token), text: true },
  ],
  result.silos,
)}
${dataTable(
  'Transactions.',
  [
    { heading: 'what', cell: (receipt) => receipt.what, text: true },
    { heading: 'transaction', cell: (receipt) => code(receipt.hash), text: true },
    { heading: 'gas', cell: ({ gas }) => (gas === undefined ? 'see its round' : countText(gas)) },
  ],
  result.receipts,
)}`
}

function code(text: string): Markup {
  return html`<span class="code">${text}</span>`
}
