import path from 'node:path'
import { cidOfBytes, silentLogger } from '@fednode/protocol'
import { expect, test } from 'vitest'
import { openAuditLog } from '../../../../src/audit/open-audit-log.ts'
import { sentBytes } from '../../../../src/commands/run/show/sent-bytes.ts'
import { describeCosts, siloCosts } from '../../../../src/commands/run/show/silo-costs.ts'
import { temporaryDirectory } from '../../temporary-directory.ts'

const cid = (byte: number) => cidOfBytes(Uint8Array.of(byte))

function update(silo: string, size: number, trainMs: number) {
  // Only these fields of an accepted update are looked at.
  return { silo, update: { cid: cid(size % 256), size }, trainMs } as never
}

test('costs are added up by silo over the rounds', () => {
  const costs = siloCosts([
    { updates: [update('north', 800, 1_500), update('east', 700, 100)] },
    { updates: [update('north', 900, 500)] },
  ])
  expect(costs).toEqual([
    { silo: 'east', updates: 1, sentBytes: 700, trainSeconds: 0.1 },
    { silo: 'north', updates: 2, sentBytes: 1_700, trainSeconds: 2 },
  ])
  expect(describeCosts(costs)).toContain('north        2  1.7 kB  2.00s')
})

test('what a silo sent in a round is what its audit log says: messages, update, models for others', async () => {
  const directory = temporaryDirectory()
  const log = await openAuditLog(path.join(directory, 'audit.jsonl'), {
    nameOf: () => 'update',
    now: () => 0,
    logger: silentLogger,
  })
  const to = 'members'
  const digest = `0x${'00'.repeat(32)}` as const
  await log.record({ kind: 'message', type: 'update-ready', round: 1, digest, sizeBytes: 400, to })
  for (const [id, sizeBytes] of [
    [cid(1), 1_000],
    [cid(1), 200],
    [cid(2), 5_000],
    [cid(9), 77],
  ] as const) {
    await log.record({ kind: 'blob', cid: id, sizeBytes, ofBytes: 10_000, to: '12D3KooW' as never })
  }
  await log.close()
  const sent = await sentBytes(directory, [
    { round: 1, update: cid(1) },
    { round: 2, base: { cid: cid(2), size: 5_000 } },
  ])
  expect([...sent]).toEqual([
    [1, 1_600],
    [2, 5_000],
  ])
})
