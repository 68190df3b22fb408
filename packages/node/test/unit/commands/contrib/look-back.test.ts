import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { createJournal } from '@fednode/aggregator'
import { cidOfBlob, createBlobStore } from '@fednode/protocol'
import { expect, test } from 'vitest'
import { decodeCoalitions } from '../../../../../aggregator/src/evidence/coalition-bytes.ts'
import { encodeEvidence } from '../../../../../aggregator/src/evidence/encode-evidence.ts'
import type { Evidence } from '../../../../../aggregator/src/evidence/evidence.ts'
import { sampleEvidence } from '../../../../../aggregator/test/support/sample-evidence.ts'
import { createSiloJournal } from '../../../../src/silo/silo-journal.ts'
import { runCli } from '../../framework/run-cli.ts'
import { temporaryDirectory } from '../../temporary-directory.ts'

const SCENARIO = `0x${'ab'.repeat(20)}`
const OPENING = {
  reveal: new Uint8Array(32),
  block: { number: 1, hash: new Uint8Array(32), isHead: true },
}
const BLOB = { cid: cidOfBlob(Uint8Array.of(1)), size: 1 }

/** Two silos of which the second adds twice what the first adds: in all, and of the first class only. */
async function bundle({ classWise }: { readonly classWise: boolean }): Promise<Evidence> {
  const utility = (coalition: bigint): number => Number(coalition) * 1e11
  const evidence = await sampleEvidence(2, utility)
  if (!classWise) return evidence
  const coalitions = decodeCoalitions(evidence.coalitions, 2)
  return { ...evidence, classesPico: coalitions.map((coalition) => [utility(coalition), 0]) }
}

/** The directory of an aggregator that measured one round, with or without its bundle. */
async function directoryOf(
  evidence: Evidence,
  { keeps }: { readonly keeps: boolean },
): Promise<string> {
  const dir = temporaryDirectory()
  const directory = path.join(dir, 'scenarios', SCENARIO)
  mkdirSync(directory, { recursive: true })
  const bytes = encodeEvidence(evidence)
  const cid = cidOfBlob(bytes)
  if (keeps) await createBlobStore(path.join(directory, 'blobs')).put(bytes)
  const journal = createJournal(path.join(directory, 'journal.sqlite'))
  journal.beginRound(
    { round: 1, state: 'open', base: BLOB, openedAt: 1, deadline: 2, ...OPENING },
    [],
  )
  journal.endRound(
    {
      ...{ round: 1, model: BLOB, evidence: { cid, size: bytes.length }, strategyState: [] },
      ...{ metrics: { accuracy: 0.3 }, loss: 1, utilityBefore: 0, utilityAfter: 0.3, void: false },
      contributions: evidence.silos.map(({ silo }, i) => ({
        ...{ silo, shapley: (i + 1) / 10, standardError: 0, share: i === 0 ? 1e9 : 0 },
      })),
      seconds: { train: 1, transfer: 1, aggregate: 1, assess: 1 },
    },
    [],
  )
  journal.close()
  return dir
}

async function show(dir: string, values: string, ...more: readonly string[]) {
  return runCli(['contrib', 'show', '--dir', dir, '--values', values, ...more])
}

test('class-wise values name the classes of the manifest, a row each', async () => {
  const evidence = await bundle({ classWise: true })
  const dir = await directoryOf(evidence, { keeps: true })
  const { code, stdout } = await show(dir, 'class-wise')
  const [one = '', two = ''] = evidence.silos.map(({ silo }) => silo)
  expect(code).toBe(0)
  expect(stdout).toMatch(new RegExp(`^class +${one} +${two}$`, 'm'))
  expect(stdout).toMatch(/^\w+ +\+0\.1000 +\+0\.2000$/m)
  expect(stdout).toMatch(/^\w+ +0\.0000 +0\.0000$/m)
  const { data } = JSON.parse((await show(dir, 'class-wise', '--json')).stdout)
  expect(data.silos).toMatchObject([{ silo: one }, { silo: two }])
  expect(data.classes).toHaveLength(2)
})

test('ComFedSV stands beside the values that were paid by', async () => {
  const dir = await directoryOf(await bundle({ classWise: false }), { keeps: true })
  const { code, stdout } = await show(dir, 'comfedsv')
  expect(code).toBe(0)
  expect(stdout).toMatch(/^\S+ +1 +\+0\.1000 +\+0\.1000$/m)
  expect(stdout).toMatch(/^\S+ +1 +\+0\.2000 +\+0\.2000$/m)
  expect(stdout).toContain('pays nobody')
})

test('what cannot be shown is refused in one line', async () => {
  const evidence = await bundle({ classWise: false })
  const without = await show(await directoryOf(evidence, { keeps: true }), 'class-wise')
  expect(without.code).toBe(2)
  expect(without.stderr).toContain('not measured by class')
  const lost = await show(await directoryOf(evidence, { keeps: false }), 'comfedsv')
  expect(lost.code).toBe(6)
  expect(lost.stderr).toContain('the evidence of round 1')
  const drawn = await show(await directoryOf(evidence, { keeps: true }), 'comfedsv', '--chart')
  expect(drawn.code).toBe(2)
  expect(drawn.stderr).toContain('has no drawing')
})

test('the directory of a silo is nothing to look back on', async () => {
  const dir = temporaryDirectory()
  const directory = path.join(dir, 'scenarios', SCENARIO)
  mkdirSync(directory, { recursive: true })
  createSiloJournal(path.join(directory, 'silo.sqlite')).close()
  const { code, stderr } = await show(dir, 'comfedsv')
  expect(code).toBe(2)
  expect(stderr).toContain('does not name the evidence')
})
