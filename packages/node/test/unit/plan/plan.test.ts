import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { checkManifest, cidOfBytes, formatManifestYaml, parseManifestYaml } from '@fednode/protocol'
import { zeroAddress } from 'viem'
import { expect, test } from 'vitest'
import { cidOfFile } from '../../../src/plan/cid-of-file.ts'
import { type Draft, draftManifest } from '../../../src/plan/draft-manifest.ts'
import { formatPlan } from '../../../src/plan/format-plan.ts'
import { scenarioParams } from '../../../src/plan/scenario-params.ts'
import { temporaryDirectory } from '../temporary-directory.ts'

const draft: Draft = {
  name: 'hearts',
  data: {
    kind: 'table',
    columns: [{ name: 'age', type: 'integer' }],
    label: { column: 'ill', classes: ['no', 'yes'] },
    missingRows: 'drop',
  },
  validation: cidOfBytes(Uint8Array.of(1)),
  rounds: 5,
  strategy: 'fedavg',
  estimator: 'auto',
  utility: 'negative-loss',
  minSilos: 2,
  maxSilos: 4,
  hidden: [],
  deadlineSeconds: 60,
  registrationSeconds: 3_600,
  reward: '100.5',
  market: undefined,
  seed: 7,
}
const facts = {
  currency: `0x${'11'.repeat(20)}`,
  peerKey: new Uint8Array(32).fill(255),
  now: 1_000n,
  resolver: zeroAddress,
} as const

test.each([
  ['without a market', draft],
  ['with a market', { ...draft, market: '1000' }],
  ['with hidden layers', { ...draft, hidden: [32, 16] }],
])('a draft %s is a valid manifest that survives YAML', (_, change) => {
  const manifest = draftManifest(change)
  expect(checkManifest(manifest)).toMatchObject({ ok: true })
  expect(parseManifestYaml(formatManifestYaml(manifest), 'x.yaml')).toEqual(manifest)
})

test('the contract is told amounts in wei, shares scaled by 1e18, and times in seconds', () => {
  const params = scenarioParams(draftManifest({ ...draft, market: '1000.25' }), facts)
  expect(params).toMatchObject({
    federatorPeerKey: `0x${'ff'.repeat(32)}`,
    minClients: 2,
    maxClients: 4,
    openRegistration: true,
    registrationDeadline: 4_600n,
    rounds: 5,
    clientSupply: 1_000_000n * 10n ** 18n,
    seedCurrency: 1_000_250_000_000_000_000_000n,
    currencyWeight: 500_000_000_000_000_000n,
    swapFee: 3_000_000_000_000_000n,
  })
  expect(params.clientBps + params.poolBps + params.federatorBps).toBe(10_000)
})

test('without a market there is no seed and the pool gets no tokens', () => {
  expect(scenarioParams(draftManifest(draft), facts)).toMatchObject({
    seedCurrency: 0n,
    poolBps: 0,
  })
})

test('the CID of a file is the CID of its bytes', async () => {
  const file = path.join(temporaryDirectory(), 'x')
  const bytes = Uint8Array.from({ length: 100_000 }, (_, index) => index % 251)
  writeFileSync(file, bytes)
  expect(await cidOfFile(file)).toBe(cidOfBytes(bytes))
})

test('a plan is printed in two columns, wrapped below 100 characters', () => {
  const text = formatPlan([
    { label: 'Task', text: 'short' },
    { label: 'Leaves here', text: 'word '.repeat(40).trim() },
  ])
  const lines = text.split('\n')
  expect(lines[0]).toBe('  Task         short')
  expect(lines.length).toBeGreaterThan(3)
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThan(100)
  expect(lines.slice(2).every((line) => line.startsWith('               word'))).toBe(true)
})
