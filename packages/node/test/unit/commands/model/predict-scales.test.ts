import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { createEngine } from '@fednode/engine'
import {
  cidOfBytes,
  encodeWeights,
  formatManifestYaml,
  type Manifest,
  modelSpecOf,
  type TabularData,
} from '@fednode/protocol'
import { expect, test } from 'vitest'
import { draftManifest } from '../../../../src/plan/draft-manifest.ts'
import { runCli } from '../../framework/run-cli.ts'
import { temporaryDirectory } from '../../temporary-directory.ts'

const DATA: TabularData = {
  kind: 'table',
  columns: [{ name: 'x', type: 'number' }],
  label: { column: 'y' },
  missingRows: 'refuse',
}
/** As the statistics of the silos filled it. */
const FILLED: TabularData = {
  ...DATA,
  columns: [{ name: 'x', type: 'number', scale: { mean: 10, deviation: 2 } }],
  label: { column: 'y', scale: { mean: 100, deviation: 50 } },
}

function manifest(): Manifest {
  const draft = draftManifest({
    ...{ name: 'line', data: DATA, validation: cidOfBytes(new Uint8Array()), rounds: 1 },
    ...{ strategy: 'fedavg', estimator: 'equal', utility: 'negative-rmse', hidden: [] },
    ...{ minSilos: 2, maxSilos: 2, deadlineSeconds: 60, registrationSeconds: 60 },
    ...{ reward: '0', market: undefined, seed: 1 },
  })
  return { ...draft, preprocessing: { standardise: true, impute: false } }
}

/** Predicts with the model y = x, both scaled, from a file with these notes. */
async function predictWith(notes: Readonly<Record<string, string>>) {
  const dir = temporaryDirectory()
  const engine = await createEngine({ backend: 'cpu' })
  const weights = engine.initialWeights(modelSpecOf(manifest()), 1)
  weights.values.set([1, 0])
  writeFileSync(path.join(dir, 'm.safetensors'), encodeWeights(weights, notes))
  writeFileSync(path.join(dir, 'm.yaml'), formatManifestYaml(manifest()))
  writeFileSync(path.join(dir, 'new.csv'), 'x\n12\n')
  const model = ['--model', 'm.safetensors', '--manifest', 'm.yaml']
  const argv = ['model', 'predict', ...model, '--data', 'new.csv', '--out', 'p.csv']
  const { code, stderr } = await runCli(argv, { io: { cwd: dir } })
  return { code, stderr, dir }
}

test('scales that silos found are read from the notes of an exported model', async () => {
  const { code, stderr, dir } = await predictWith({ data: JSON.stringify(FILLED) })
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  expect(readFileSync(path.join(dir, 'p.csv'), 'utf8')).toBe('row,predicted\n1,150\n')
})

test.each([
  ['no notes', {}],
  [
    'notes of other rows',
    { data: JSON.stringify({ ...FILLED, label: { ...FILLED.label, column: 'z' } }) },
  ],
  ['notes without the scales', { data: JSON.stringify(DATA) }],
  ['notes that are no schema', { data: '{"kind":"video"}' }],
  ['notes that are no JSON', { data: '{"__proto__":' }],
])('a model file with %s is refused, and told what would do', async (_, notes) => {
  const { code, stderr } = await predictWith(notes)
  expect(code).toBe(2)
  expect(stderr).toContain('does not hold the scales and categories that the silos of "line" found')
  expect(stderr).toContain('model export --format safetensors')
})
