import type { Cid, SiloName } from '@fednode/protocol'
import type { Journal } from '../journal/create-journal.ts'
import type { UpdateOrigin } from '../journal/updates.ts'

/**
 * Whether an update that was there before is the same work once more: of the same silo, from the same base, in a round that came to
 * nothing.
 * Who trains on all rows at once makes the same bytes again, whatever the round's shuffle; that is no replay.
 */
export function isTriedAgain(
  { record }: Pick<Journal, 'record'>,
  origin: UpdateOrigin,
  update: { readonly silo: SiloName; readonly base: Cid },
): boolean {
  const then = record(origin.round)
  // Nothing was measured: the model that it left is the one that it began with.
  const isUnmeasured = then?.contributions.length === 0
  return origin.silo === update.silo && isUnmeasured && then.model.cid === update.base
}
