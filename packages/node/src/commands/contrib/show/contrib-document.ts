import type { RoundValue } from '../../../contribution/silo-values.ts'
import { totalOf } from '../../../contribution/total-of.ts'
import { trendOf } from '../../../contribution/trend-of.ts'
import type { Shown } from './shown.ts'

/** What `contrib show --json` prints as `data`: a promise to scripts. Amounts in wei, shares from 0 to 1. */
export function contribDocument({ scenario, role, silos, records }: Shown): object {
  const [own] = silos
  if (role === 'silo' && own !== undefined) {
    return { scenario, role, ...summaryOf(own.rounds), rounds: own.rounds.map(measureOf) }
  }
  return {
    scenario,
    role,
    silos: silos.map(({ silo, rounds }) => ({
      silo,
      ...summaryOf(rounds),
      rounds: rounds.map(({ value }) => value),
    })),
    rounds: records.map((record, index) => ({
      round: record.round,
      state: record.state,
      pot: record.pot,
      utilityBefore: record.utilityBefore,
      utilityAfter: record.utilityAfter,
      evidence: record.evidenceCid,
      findings: record.findings ?? [],
      contributions: silos.flatMap(({ silo, rounds }) => {
        const entry = rounds[index]
        return entry === undefined || entry.value === null ? [] : [{ silo, ...measureOf(entry) }]
      }),
    })),
  }
}

function summaryOf(rounds: readonly RoundValue[]): object {
  const { value: shapley, ...rest } = totalOf(rounds)
  return { shapley, ...rest, trend: trendOf(rounds) ?? null }
}

/** A measured value is called after what it mostly is; other estimators fill the same place. */
function measureOf({ value: shapley, ...rest }: RoundValue): object {
  return { shapley, ...rest }
}
