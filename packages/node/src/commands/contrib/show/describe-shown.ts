import { findingText } from '../../../contribution/finding-text.ts'
import { describeRound } from './describe-round.ts'
import { describeSilo } from './describe-silo.ts'
import { describeSilos } from './describe-silos.ts'
import type { Shown } from './shown.ts'

/** How much is told: one round of all silos, some silos round by round, or all in a line each. */
type Scope = { readonly round: number | undefined; readonly silo: readonly string[] }

/** The values as tables, then what was found of the updates, in plain words. */
export function describeShown(shown: Shown, scope: Scope): string {
  const findings = describeFindings(shown)
  const values = describeValues(shown, scope)
  return findings.length === 0 ? values : [values, '', ...findings].join('\n')
}

function describeValues({ role, silos, records }: Shown, { round, silo: names }: Scope): string {
  const [record] = records
  if (round !== undefined && record !== undefined) return describeRound(silos, record)
  if (role === 'silo') return describeSilo(silos[0]?.rounds ?? [])
  if (names.length === 0) return describeSilos(silos)
  return silos.map(({ silo, rounds }) => `${silo}\n${describeSilo(rounds)}`).join('\n\n')
}

function describeFindings({ silos, records }: Shown): readonly string[] {
  const names = new Set(silos.map(({ silo }) => silo))
  return records.flatMap(({ round, findings = [] }) =>
    findings
      .filter(({ silo, with: other }) => names.has(silo) || names.has(other ?? silo))
      .map((finding) => `found    round ${round}: ${findingText(finding)}`),
  )
}
