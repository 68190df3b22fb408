import { SHARE_UNITS } from '@fednode/protocol'
import type { SiloRound } from '../silo/read-silo-journal.ts'
import { rewardOf } from './reward-of.ts'
import type { RoundValue } from './silo-values.ts'

/** What a silo was told of itself, of the rounds that are over. */
export function valuesOfSiloRounds(rounds: readonly SiloRound[]): readonly RoundValue[] {
  return rounds.flatMap(({ round, result }) =>
    result === undefined ? [] : [roundValue(round, result)],
  )
}

function roundValue(round: number, result: NonNullable<SiloRound['result']>): RoundValue {
  const { shapley, measured, standardError, share, paid, pot } = result
  const { utilityAfter, utilityWithout } = result
  return {
    round,
    value: measured ? shapley : null,
    standardError,
    share,
    paid,
    ...(pot === undefined ? {} : { reward: rewardOf(pot, Math.round(share * SHARE_UNITS)) }),
    ...(utilityAfter === undefined ? {} : { utilityAfter }),
    ...(utilityWithout === undefined ? {} : { utilityWithout }),
  }
}
