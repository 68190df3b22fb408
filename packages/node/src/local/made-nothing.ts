import type { RoundRecord } from '@fednode/aggregator'

/** Whether no round of a run made a new model: what was printed is then no result that a script may go on with. */
export function madeNothing(rounds: readonly Pick<RoundRecord, 'contributions'>[]): boolean {
  return rounds.every(({ contributions }) => contributions.length === 0)
}
