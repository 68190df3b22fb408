import { findingText } from '../contribution/finding-text.ts'
import { valueText } from '../framework/number-text.ts'
import type { UpResult } from '../local/up-result.ts'
import { html, type Markup } from './markup.ts'
import { ROUND, type RoundRow } from './round-column.ts'
import { dataTable } from './table.ts'

/** Value of every silo in every round, with the standard error where it was estimated. */
export function contributionTable(result: UpResult): Markup {
  const cellOf = (record: RoundRow, silo: string): string => {
    const own = record.contributions.find((contribution) => contribution.silo === silo)
    return own === undefined ? '-' : valueText(own, 4)
  }
  return dataTable(
    `Values by the estimator "${result.manifest.contribution.estimator}", with one standard error where they were estimated; below zero is paid 0.`,
    [
      ROUND,
      ...result.silos.map((silo) => ({
        heading: silo.name,
        cell: (record: RoundRow) => cellOf(record, silo.name),
      })),
    ],
    result.rounds,
  )
}

/** Utility of the model that the others would have made without each silo; nothing where no round measured that. */
export function withoutTable(result: UpResult): Markup | undefined {
  const utilityWithout = (record: RoundRow, silo: string): number | undefined =>
    record.contributions.find((contribution) => contribution.silo === silo)?.utilityWithout
  const isMeasured = result.rounds.some(({ contributions }) =>
    contributions.some((contribution) => contribution.utilityWithout !== undefined),
  )
  if (!isMeasured) return undefined
  return dataTable(
    'Utility that the others would have reached without each silo, and what all of them reached.',
    [
      ROUND,
      ...result.silos.map((silo) => ({
        heading: `without ${silo.name}`,
        cell: (record: RoundRow) => utilityWithout(record, silo.name)?.toFixed(4) ?? '-',
      })),
      { heading: 'with all', cell: (record) => record.utilityAfter.toFixed(4) },
    ],
    result.rounds,
  )
}

/** Updates that add nothing of their own, a sentence each; nothing where none was found. */
export function findingList(result: UpResult): Markup | undefined {
  const found = result.rounds.flatMap(({ round, findings = [] }) =>
    findings.map((finding) => html`<li>Round ${round}: ${findingText(finding)}.</li>`),
  )
  if (found.length === 0) return undefined
  return html`<p>Found in the updates; pay follows the values all the same:</p><ul>${found}</ul>`
}
