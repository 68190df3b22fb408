import { announcementIn, type Evidence } from '@fednode/aggregator'
import { SHARE_UNITS, type SiloName } from '@fednode/protocol'
import type { RoundValue } from '../../contribution/silo-values.ts'
import { totalOf } from '../../contribution/total-of.ts'
import type { CardSilo } from './card-facts.ts'

/** Values and their errors are whole 1e-12 in evidence. */
const PICO = 1e-12

/** Who took part in some rounds, with what and to what effect, by name. */
export function cardSilos(evidences: readonly Evidence[]): readonly CardSilo[] {
  const newestFirst = evidences.toSorted((a, b) => b.round - a.round)
  const names = new Set(evidences.flatMap(({ silos }) => silos.map(({ silo }) => silo)))
  return [...names].sort().map((silo) => {
    const rounds = evidences.flatMap((evidence) => roundOf(evidence, silo))
    return {
      silo,
      rounds: rounds.length,
      samples: rounds.at(-1)?.samples ?? 0,
      ...measuredBy(newestFirst, silo),
      total: totalOf(rounds),
    }
  })
}

function measuredBy(newestFirst: readonly Evidence[], silo: SiloName): Pick<CardSilo, 'measured'> {
  for (const evidence of newestFirst) {
    const metrics = announcementIn(evidence, silo)?.metrics
    if (metrics !== undefined) return { measured: { round: evidence.round, metrics } }
  }
  return {}
}

function roundOf(
  evidence: Evidence,
  name: string,
): readonly (RoundValue & { readonly samples: number })[] {
  const { round, silos, valuesPico, standardErrorsPico, shares } = evidence
  const place = silos.findIndex(({ silo }) => silo === name)
  const entry = silos[place]
  if (entry === undefined) return []
  const value = valuesPico[place]
  return [
    {
      round,
      samples: entry.samples,
      value: value === undefined ? null : value * PICO,
      standardError: (standardErrorsPico[place] ?? 0) * PICO,
      share: (shares[entry.index] ?? 0) / SHARE_UNITS,
      paid: shares.some((share) => share > 0),
    },
  ]
}
