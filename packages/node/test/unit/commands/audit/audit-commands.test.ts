import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { cidOfBytes, silentLogger } from '@fednode/protocol'
import { expect, test } from 'vitest'
import { openAuditLog } from '../../../../src/audit/open-audit-log.ts'
import { runCli } from '../../framework/run-cli.ts'
import { temporaryDirectory } from '../../temporary-directory.ts'

const SCENARIO = `0x${'5c'.repeat(20)}`

async function siloWithLog(): Promise<{ directory: string; file: string }> {
  const directory = temporaryDirectory()
  const own = path.join(directory, 'scenarios', SCENARIO)
  mkdirSync(own, { recursive: true, mode: 0o700 })
  const file = path.join(own, 'audit.jsonl')
  const log = await openAuditLog(file, {
    nameOf: () => 'update',
    now: () => Date.UTC(2026, 0, 31),
    logger: silentLogger,
  })
  const cid = cidOfBytes(Uint8Array.of(1))
  for (const sizeBytes of [1_000, 500]) {
    // Peers are named by their ids; a table is safe whatever they are.
    await log.record({
      kind: 'blob',
      cid,
      sizeBytes,
      ofBytes: 10_000,
      to: '=HYPERLINK("x")' as never,
    })
  }
  await log.close()
  return { directory, file }
}

test('T25: the export is a table in which no cell is a formula', async () => {
  const { directory } = await siloWithLog()
  const { code, stdout } = await runCli(['audit', 'export', '--dir', directory])
  expect(code).toBe(0)
  const [heading, first, second] = stdout.split('\n')
  expect(heading).toBe('seq,at,kind,what,round,id,bytes,to,previous,hash')
  expect(first).toContain(`,1000,"'=HYPERLINK(""x"")",`)
  expect(second).toMatch(/^2,2026-01-31T00:00:00.000Z,blob,update,,/)
})

test('with --json the export has the entries as they lie in the log', async () => {
  const { directory, file } = await siloWithLog()
  const { stdout } = await runCli(['audit', 'export', '--dir', directory, '--json'])
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n')
  expect(JSON.parse(stdout).data.entries).toEqual(lines.map((line) => JSON.parse(line)))
})

test('a whole log verifies, and its head proves later that the end is still there', async () => {
  const { directory, file } = await siloWithLog()
  const verify = (...flags: string[]) =>
    runCli(['audit', 'verify', '--dir', directory, '--json', ...flags])
  const whole = await verify()
  expect(whole.code).toBe(0)
  const { head, entries, sentBytes } = JSON.parse(whole.stdout).data
  expect([entries, sentBytes]).toEqual([2, 1_500])
  expect((await verify('--head', head)).code).toBe(0)

  const [first] = readFileSync(file, 'utf8').split('\n')
  writeFileSync(file, `${first}\n`)
  expect((await verify()).code).toBe(0)
  const cut = await verify('--head', head)
  expect(cut.code).toBe(6)
  expect(JSON.parse(cut.stdout).data.finding).toContain(`does not have the entry ${head}`)
})

test('a changed entry is found and named', async () => {
  const { directory, file } = await siloWithLog()
  writeFileSync(file, readFileSync(file, 'utf8').replace('"bytes":500', '"bytes":5'))
  const { code, stdout } = await runCli(['audit', 'verify', '--dir', directory])
  expect(code).toBe(6)
  expect(stdout).toContain('line 2 is not what was written there')
})
