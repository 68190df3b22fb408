import type { RoundRecord } from '@fednode/aggregator'
import { SHARE_UNITS, type SiloName } from '@fednode/protocol'
import { rewardOf } from './reward-of.ts'
import type { RoundValue, SiloValues } from './silo-values.ts'

/** Every silo's values, in the order in which the rounds first name them, as the aggregator journaled them. */
export function valuesOfRecords(rounds: readonly RoundRecord[]): readonly SiloValues[] {
  const silos = new Set(
    rounds.flatMap(({ contributions }) => contributions.map(({ silo }) => silo)),
  )
  return [...silos].map((silo) => valuesOfSilo(rounds, silo))
}

/** The same of one silo, also when no round names it. */
export function valuesOfSilo(rounds: readonly RoundRecord[], silo: SiloName): SiloValues {
  return { silo, rounds: rounds.map((record) => roundValue(record, silo)) }
}

function roundValue(record: RoundRecord, silo: SiloName): RoundValue {
  const { round, pot, contributions, utilityAfter } = record
  const entry = contributions.find((contribution) => contribution.silo === silo)
  const { shapley = null, standardError = 0, share = 0, utilityWithout } = entry ?? {}
  return {
    round,
    value: shapley,
    standardError,
    share: share / SHARE_UNITS,
    paid: contributions.some((contribution) => contribution.share > 0),
    reward: rewardOf(pot, share),
    utilityAfter,
    ...(utilityWithout === undefined ? {} : { utilityWithout }),
  }
}
