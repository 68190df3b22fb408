import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { createEngine } from '@fednode/engine'
import {
  cidOfBytes,
  encodeWeights,
  formatManifestYaml,
  modelSpecOf,
  type SeriesData,
} from '@fednode/protocol'
import { expect, test } from 'vitest'
import { draftManifest } from '../../../../src/plan/draft-manifest.ts'
import { runCli } from '../../framework/run-cli.ts'
import { temporaryDirectory } from '../../temporary-directory.ts'

const SCALE = { mean: 100, deviation: 50 }
const DATA: SeriesData = {
  kind: 'series',
  columns: [{ name: 'g', type: 'number', scale: SCALE }],
  label: { column: 'g', scale: SCALE },
  time: 't',
  stepSeconds: 60,
  past: 2,
  horizon: 2,
  changeScale: 0.2,
}

test('a predicted change is added to the last reading, in the unit of the label', async () => {
  const dir = temporaryDirectory()
  const manifest = draftManifest({
    ...{ name: 'sugar', data: DATA, validation: cidOfBytes(new Uint8Array()), rounds: 1 },
    ...{ strategy: 'fedavg', estimator: 'equal', utility: 'negative-rmse', hidden: [] },
    ...{ minSilos: 2, maxSilos: 2, deadlineSeconds: 60, registrationSeconds: 60 },
    ...{ reward: '0', market: undefined, seed: 1 },
  })
  const engine = await createEngine({ backend: 'cpu' })
  const weights = engine.initialWeights(modelSpecOf(manifest), 1)
  // Nothing but the bias of 0.5: half of 0.2 x 50 above the last reading.
  weights.values.fill(0)
  weights.values[2] = 0.5
  writeFileSync(path.join(dir, 'm.safetensors'), encodeWeights(weights))
  writeFileSync(path.join(dir, 'm.yaml'), formatManifestYaml(manifest))
  writeFileSync(path.join(dir, 'new.csv'), 't,g\n0,90\n60,100\n120,130\n')
  const model = ['--model', 'm.safetensors', '--manifest', 'm.yaml']
  const { code, stderr } = await runCli(
    ['model', 'predict', ...model, '--data', 'new.csv', '--out', 'p.csv'],
    { io: { cwd: dir } },
  )
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  expect(readFileSync(path.join(dir, 'p.csv'), 'utf8')).toBe('row,predicted\n2,105\n3,135\n')
})
