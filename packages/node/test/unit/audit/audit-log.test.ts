import { readFileSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { cidOfBytes, type Departure, peerIdFromPublicKey, silentLogger } from '@fednode/protocol'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { AuditEntry } from '../../../src/audit/audit-entry.ts'
import { openAuditLog } from '../../../src/audit/open-audit-log.ts'
import { readAuditLog } from '../../../src/audit/read-audit-log.ts'
import { temporaryDirectory } from '../temporary-directory.ts'

const UPDATE = cidOfBytes(Uint8Array.of(1, 2, 3))
const MODEL = cidOfBytes(Uint8Array.of(4))
const PEER = peerIdFromPublicKey(new Uint8Array(32).fill(7))
const FIRST_MS = Date.UTC(2026, 0, 31, 12)

const announced: Departure = {
  kind: 'message',
  type: 'update-ready',
  round: 3,
  digest: `0x${'ab'.repeat(32)}`,
  sizeBytes: 412,
  to: 'members',
}
const served: Departure = {
  kind: 'blob',
  cid: UPDATE,
  sizeBytes: 65_536,
  ofBytes: 1_000_000,
  to: PEER,
}

async function openLog(file: string) {
  let time = FIRST_MS
  const log = await openAuditLog(file, {
    nameOf: (cid) => (cid === UPDATE ? 'update' : 'model'),
    now: () => time++,
    logger: silentLogger,
  })
  onTestFinished(() => log.close().catch(() => {}))
  return log
}

async function entriesOf(file: string): Promise<readonly AuditEntry[]> {
  const entries: AuditEntry[] = []
  await readAuditLog(file, (entry) => entries.push(entry))
  return entries
}

async function written(count: number): Promise<{ file: string; lines: readonly string[] }> {
  const file = path.join(temporaryDirectory(), 'audit.jsonl')
  const log = await openLog(file)
  for (let index = 0; index < count; index++) await log.record(served)
  await log.close()
  return { file, lines: readFileSync(file, 'utf8').split('\n').slice(0, -1) }
}

describe('audit log', () => {
  it('T44: goes on after a restart with what left before the first round, as pooled statistics do', async () => {
    const file = path.join(temporaryDirectory(), 'audit.jsonl')
    const first = await openLog(file)
    await first.record({ ...announced, round: 0 })
    await first.close()
    const second = await openLog(file)
    await second.record(served)
    expect((await entriesOf(file)).map(({ seq, round }) => [seq, round])).toEqual([
      [1, 0],
      [2, undefined],
    ])
  })

  it('says what left, how large, when and to whom, and is for its owner only (T42)', async () => {
    const file = path.join(temporaryDirectory(), 'audit.jsonl')
    const log = await openLog(file)
    await log.record(announced)
    await log.record(served)
    await log.record({ ...served, cid: MODEL, sizeBytes: 7, ofBytes: 7 })
    expect(await entriesOf(file)).toMatchObject([
      {
        seq: 1,
        at: '2026-01-31T12:00:00.000Z',
        kind: 'message',
        what: 'update-ready',
        round: 3,
        id: announced.digest,
        bytes: 412,
        to: 'members',
      },
      { seq: 2, kind: 'blob', what: 'update', id: UPDATE, bytes: 65_536, to: PEER },
      { seq: 3, kind: 'blob', what: 'model', id: MODEL, bytes: 7 },
    ])
    expect(statSync(file).mode & 0o777).toBe(0o600)
  })

  it('keeps the order of what is recorded at the same time', async () => {
    const file = path.join(temporaryDirectory(), 'audit.jsonl')
    const log = await openLog(file)
    const sizes = Array.from({ length: 20 }, (_, index) => index + 1)
    await Promise.all(sizes.map((sizeBytes) => log.record({ ...served, sizeBytes })))
    expect((await entriesOf(file)).map(({ bytes }) => bytes)).toEqual(sizes)
  })

  it('goes on after a restart, and drops a line that a crash cut short', async () => {
    const { file, lines } = await written(2)
    writeFileSync(file, `${lines.join('\n')}\n${lines[1]?.slice(0, 50)}`)
    const log = await openLog(file)
    await log.record(announced)
    expect((await entriesOf(file)).map(({ seq }) => seq)).toEqual([1, 2, 3])
    expect((await readAuditLog(file)).brokenAt).toBeUndefined()
  })

  it.each([
    ['changed', (lines: string[]) => lines.with(1, lines[1]?.replace('65536', '65535') ?? '')],
    ['removed', (lines: string[]) => lines.toSpliced(1, 1)],
    ['moved', (lines: string[]) => [lines[0], lines[2], lines[1], lines[3]]],
    ['added twice', (lines: string[]) => lines.toSpliced(1, 0, lines[0] ?? '')],
    ['made of anything', (lines: string[]) => lines.with(1, '{"seq":2}')],
  ])('names the line where an entry was %s, and is not written to any more', async (_, spoil) => {
    const { file, lines } = await written(4)
    writeFileSync(file, `${spoil([...lines]).join('\n')}\n`)
    expect((await readAuditLog(file)).brokenAt).toBe(2)
    await expect(openLog(file)).rejects.toMatchObject({ code: 'AUDIT_BROKEN' })
  })

  it('T6: is not filled by a member that asks again and again, also after a restart', async () => {
    const file = path.join(temporaryDirectory(), 'audit.jsonl')
    const whole: Departure = { ...served, sizeBytes: 300, ofBytes: 1_000 }
    const first = await openLog(file)
    await first.record(announced)
    for (let index = 0; index < 3; index++) await first.record(whole)
    await first.close()
    const log = await openLog(file)
    for (let index = 0; index < 50; index++) {
      await log.record(whole)
      await log.record({ ...announced, to: PEER })
    }
    const entries = await entriesOf(file)
    expect(entries.map(({ bytes }) => bytes)).toEqual([412, 300, 300, 300, 100])
    // Another receiver is another matter.
    const other = peerIdFromPublicKey(new Uint8Array(32).fill(8))
    await log.record({ ...whole, to: other })
    expect((await entriesOf(file)).at(-1)).toMatchObject({ bytes: 300, to: other })
  })

  it('keeps in what it cannot write down', async () => {
    const { file, lines } = await written(1)
    const log = await openLog(file)
    await log.close()
    await expect(log.record(served)).rejects.toMatchObject({ code: 'AUDIT_WRITE_FAILED' })
    expect(readFileSync(file, 'utf8')).toBe(`${lines[0]}\n`)
  })
})
