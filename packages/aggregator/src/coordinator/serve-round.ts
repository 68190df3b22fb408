import type { RoundRecord } from '../types.ts'
import type { Run } from './coordinator.ts'

/** Members may have the models and the evidence of this round, verifiers also its updates and state. */
export function serveRound(
  { served, verified }: Pick<Run, 'served' | 'verified'>,
  record: RoundRecord,
): void {
  for (const { update } of record.updates) verified.add(update.cid)
  for (const { blob } of record.strategyState) verified.add(blob.cid)
  served.add(record.model.cid)
  served.add(record.evidence.cid)
}
