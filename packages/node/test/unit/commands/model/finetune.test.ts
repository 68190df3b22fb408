import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { createEngine } from '@fednode/engine'
import {
  type ChainManifest,
  cidOfBlob,
  cidOfBytes,
  decodeSafetensors,
  encodeWeights,
  formatManifestYaml,
  modelSpecOf,
  type TabularData,
} from '@fednode/protocol'
import { expect, test } from 'vitest'
import { draftManifest } from '../../../../src/plan/draft-manifest.ts'
import { runCli } from '../../framework/run-cli.ts'
import { temporaryDirectory } from '../../temporary-directory.ts'

const DATA: TabularData = {
  kind: 'table',
  columns: [
    { name: 'a', type: 'number', scale: { mean: 0, deviation: 1 } },
    { name: 'b', type: 'number', scale: { mean: 0, deviation: 1 } },
  ],
  label: { column: 'ill', classes: ['no', 'yes'] },
  group: ['patient'],
  missingRows: 'drop',
}

/** Rows whose label follows from a and b, two of each patient. */
function table(rows: number): string {
  const lines = Array.from({ length: rows }, (_, row) => {
    const [a, b] = [Math.sin(1.7 * row), Math.cos(2.3 * row)]
    return `${a.toFixed(4)},${b.toFixed(4)},${a > b ? 'yes' : 'no'},${Math.floor(row / 2)}`
  })
  return ['a,b,ill,patient', ...lines, ''].join('\n')
}

/** A directory with a model, its manifest, and rows of one's own. */
async function workplace(training: Partial<ChainManifest['training']> = {}) {
  const dir = temporaryDirectory()
  const draft = draftManifest({
    ...{ name: 'own', data: DATA, validation: cidOfBytes(new Uint8Array()), rounds: 1 },
    ...{ strategy: 'fedavg', estimator: 'equal', utility: 'negative-loss', hidden: [4] },
    ...{ minSilos: 2, maxSilos: 2, deadlineSeconds: 60, registrationSeconds: 60 },
    ...{ reward: '0', market: undefined, seed: 1 },
  })
  const engine = await createEngine({ backend: 'cpu' })
  const weights = engine.initialWeights(modelSpecOf(draft), 1)
  engine.dispose()
  const bytes = encodeWeights(weights)
  const start = cidOfBlob(bytes)
  const manifest = { ...draft, training: { ...draft.training, start, ...training } }
  writeFileSync(path.join(dir, 'm.safetensors'), bytes)
  writeFileSync(path.join(dir, 'm.yaml'), formatManifestYaml(manifest))
  writeFileSync(path.join(dir, 'rows.csv'), table(80))
  const model = ['--model', 'm.safetensors', '--manifest', 'm.yaml', '--engine', 'cpu']
  const tune = (...flags: readonly string[]) =>
    runCli(
      ['model', 'finetune', ...model, '--data', 'rows.csv', '--out', 'own.safetensors', ...flags],
      { io: { cwd: dir } },
    )
  const tensors = (file: string) =>
    new Map(
      [...decodeSafetensors(readFileSync(path.join(dir, file)))].map(([name, { bytes: own }]) => [
        name,
        Buffer.from(own).toString('hex'),
      ]),
    )
  return { dir, tune, tensors }
}

test('model finetune learns from rows of one’s own, and says what it was worth on others', async () => {
  const { dir, tune, tensors } = await workplace()
  const { code, stdout, stderr } = await tune('--epochs', '20', '--rate', '0.5', '--json')
  expect(code).toBe(0)
  expect(stderr, 'no log of a command that ends').toBe('')
  const { data } = JSON.parse(stdout)
  expect(data).toMatchObject({
    ...{ federation: 'own', epochs: 20, learningRate: 0.5, better: true },
    rows: { trained: 64, held: 16 },
  })
  expect(data.after.loss).toBeLessThan(data.before.loss / 2)
  expect(data.after.metrics.accuracy).toBeGreaterThan(0.9)
  expect([...tensors('own.safetensors').keys()]).toEqual([...tensors('m.safetensors').keys()])
  const header = readFileSync(path.join(dir, 'own.safetensors'), 'latin1')
  expect(header).toContain('finetuned')
  // It is a model like any other of this manifest.
  const own = ['--model', 'own.safetensors', '--manifest', 'm.yaml', '--data', 'rows.csv']
  const predicted = await runCli(['model', 'predict', ...own, '--out', 'p.csv'], {
    io: { cwd: dir },
  })
  expect(predicted.code).toBe(0)
})

test('model finetune leaves what the manifest, or its user, freezes', async () => {
  const { tune, tensors } = await workplace({ freeze: ['dense_1'], adapters: { rank: 1 } })
  const given = tensors('m.safetensors')
  const same = (name: string) => tensors('own.safetensors').get(name) === given.get(name)
  expect((await tune('--rate', '0.5')).code).toBe(0)
  expect(['dense_1/kernel', 'dense_1/bias', 'dense_2/kernel'].map(same)).toEqual([
    false,
    true,
    false,
  ])
  expect((await tune('--rate', '0.5', '--freeze', 'dense_1')).code).toBe(0)
  expect(['dense_1/kernel', 'dense_1/bias', 'dense_2/kernel'].map(same)).toEqual([
    true,
    true,
    false,
  ])
})

test('model finetune takes a tenth of the manifest’s steps unless it is told', async () => {
  const { tune } = await workplace()
  const { stdout } = await tune('--json')
  expect(JSON.parse(stdout).data.learningRate).toBeCloseTo(0.005, 12)
})

test.each([
  [
    'a layer that is not there',
    ['--freeze', 'dense_9'],
    2,
    'Layers with weights: dense_1, dense_2',
  ],
  ['all layers', ['--freeze', 'dense_1,dense_2'], 2, 'none is left to train'],
  [
    'all layers, one of them twice',
    ['--freeze', 'dense_1,dense_2,dense_1'],
    2,
    'none is left to train',
  ],
  ['another format', ['--out', 'own.onnx'], 2, 'ends in .safetensors'],
  ['a rate of nothing', ['--rate', '0'], 2, 'a number above 0'],
  ['no rows held back', ['--hold', '0.9'], 2, 'a number above 0, at most 0.5'],
])('model finetune refuses %s', async (_, flags, exit, said) => {
  const { tune } = await workplace()
  const { code, stderr } = await tune(...flags)
  expect(code).toBe(exit)
  expect(stderr).toContain(said)
})

test('model finetune refuses rows that all belong together', async () => {
  const { dir, tune } = await workplace()
  writeFileSync(path.join(dir, 'rows.csv'), 'a,b,ill,patient\n1,2,no,7\n2,1,yes,7\n')
  const { code, stderr } = await tune()
  expect(code).toBe(6)
  expect(stderr).toContain('two groups')
})
