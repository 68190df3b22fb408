import type { Evidence } from '@fednode/aggregator'
import type { Check } from './check.ts'
import type { KnownRounds } from './known-rounds.ts'

/** Whether a round counts the update that the aggregator confirmed to this silo (T5): whoever drops it pays the others more. */
export function checkOwnUpdate(
  { round, silos }: Evidence,
  confirmed: KnownRounds['confirmed'],
): readonly Check[] {
  const own = confirmed.get(round)
  if (own === undefined || silos.some(({ update }) => update.cid === own)) return []
  const detail = `the aggregator confirmed this silo's update ${own}, which is not among them`
  return [{ round, check: 'updates', status: 'FAIL', code: 'DROPPED_UPDATE', detail }]
}
