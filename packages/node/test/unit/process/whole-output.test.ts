import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { text } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { type AuditEntry, chainEntry, encodeEntry } from '../../../src/audit/audit-entry.ts'
import { temporaryDirectory } from '../temporary-directory.ts'

const BIN = fileURLToPath(new URL('../../../src/bin.ts', import.meta.url))
/** Several times what a pipe holds (64 KiB on Linux). */
const ENTRIES = 1_500
/** Longer than a command takes that does not wait for its reader. */
const READER_IS_AWAY_MS = 1_500

test('a reader that is slow gets all of the output', async () => {
  const directory = temporaryDirectory()
  const own = path.join(directory, 'scenarios', `0x${'5c'.repeat(20)}`)
  mkdirSync(own, { recursive: true, mode: 0o700 })
  writeFileSync(path.join(own, 'audit.jsonl'), logOf(ENTRIES))
  const child = spawn(process.execPath, [BIN, 'audit', 'export', '--dir', directory, '--json'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const exited = once(child, 'exit')
  await sleep(READER_IS_AWAY_MS)
  const { data } = JSON.parse(await text(child.stdout))
  expect(data.entries).toHaveLength(ENTRIES)
  expect(await exited).toEqual([0, null])
})

function logOf(count: number): string {
  const facts = { at: '2026-01-31T12:00:00.000Z', kind: 'blob', what: 'model', bytes: 1 } as const
  let last: AuditEntry | undefined
  return Array.from({ length: count }, (_, index) => {
    last = chainEntry({ ...facts, id: `blob-${index}`, to: 'peer' }, last)
    return encodeEntry(last)
  }).join('')
}
