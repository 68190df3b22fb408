import path from 'node:path'
import type { Round } from '@fednode/protocol'
import { AUDIT_FILE, readAuditLog } from '../../../audit/read-audit-log.ts'
import type { SiloRound } from '../../../silo/read-silo-journal.ts'

/**
 * Bytes that left a silo in each round, by its audit log: messages, its update as often as it was asked for, and the round's model where it
 * served that to others. A log that is broken counts as far as it is whole.
 */
export async function sentBytes(
  directory: string,
  rounds: readonly Pick<SiloRound, 'round' | 'update' | 'base'>[],
): Promise<ReadonlyMap<Round, number>> {
  const roundOf = new Map<string, Round>()
  for (const { round, update, base } of rounds) {
    if (update !== undefined) roundOf.set(update, round)
    if (base !== undefined) roundOf.set(base.cid, round)
  }
  const sent = new Map<Round, number>()
  await readAuditLog(path.join(directory, AUDIT_FILE), ({ round, id, bytes }) => {
    const spent = round ?? roundOf.get(id)
    if (spent !== undefined) sent.set(spent, (sent.get(spent) ?? 0) + bytes)
  })
  return sent
}
