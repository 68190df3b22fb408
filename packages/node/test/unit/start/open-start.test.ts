import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { createEngine, tfjsModel } from '@fednode/engine'
import {
  cidOfBlob,
  createMemoryBlobStore,
  encodeSafetensors,
  encodeWeights,
  type Manifest,
  modelSpecOf,
  type Weights,
} from '@fednode/protocol'
import { beforeAll, describe, expect, it } from 'vitest'
import { openStart } from '../../../src/start/open-start.ts'
import { readStartFile } from '../../../src/start/start-file.ts'
import { withStart } from '../../../src/start/with-start.ts'
import { manifest as plain } from '../silo/harness.ts'
import { temporaryDirectory } from '../temporary-directory.ts'

const layers = [
  { className: 'Dense', config: { units: 3, activation: 'relu' } },
  { className: 'Dense', config: { units: 2, activation: 'softmax' } },
] as const
const deep: Manifest = { ...plain, model: { className: 'Sequential', layers } }

let weights: Weights
let manifest: Manifest
beforeAll(async () => {
  const engine = await createEngine({ backend: 'cpu' })
  weights = engine.initialWeights(modelSpecOf(deep), 4)
  engine.dispose()
  const start = cidOfBlob(encodeWeights(weights))
  manifest = { ...deep, training: { ...deep.training, start } }
})

function fileOf(name: string, bytes: Uint8Array | string, directory = temporaryDirectory()) {
  const file = path.join(directory, name)
  writeFileSync(file, bytes)
  return { shown: name, path: file }
}

/** model.json and weights.bin of the model, with names of another program. */
function tfjsFile(change: (json: string) => string = (json) => json) {
  const { json, weights: bytes } = tfjsModel({ model: modelSpecOf(deep), weights, notes: {} })
  const directory = temporaryDirectory()
  writeFileSync(path.join(directory, 'weights.bin'), bytes)
  return fileOf('model.json', change(json.replaceAll('dense_', 'head/hidden')), directory)
}

describe('the model to start from', () => {
  it('is kept from the first time on, whatever file it came as', async () => {
    for (const file of [
      fileOf('a.safetensors', encodeWeights(weights, { by: 'me' })),
      tfjsFile(),
    ]) {
      const blobs = createMemoryBlobStore()
      expect(await openStart(manifest, { file, blobs })).toEqual(weights)
      expect(await openStart(manifest, { file: undefined, blobs })).toEqual(weights)
    }
  })

  it('is none where the manifest names none', async () => {
    const blobs = createMemoryBlobStore()
    expect(await openStart(deep, { file: undefined, blobs })).toBeUndefined()
    const file = fileOf('a.safetensors', encodeWeights(weights))
    await expect(openStart(deep, { file, blobs })).rejects.toMatchObject({
      code: 'BAD_OPTION',
      info: { hint: expect.stringContaining(String(manifest.training.start)) },
    })
  })

  it.each<[string, () => { shown: string; path: string } | undefined, object]>([
    ['is missing', () => undefined, { code: 'START_MISSING' }],
    [
      'T19: is another',
      () => {
        const values = weights.values.map((value) => value + 1)
        return fileOf('b.safetensors', encodeWeights({ ...weights, values }))
      },
      { code: 'WRONG_START' },
    ],
    [
      'has other layers',
      () => {
        const specs = weights.specs.slice(0, 2)
        return fileOf('b.safetensors', encodeWeights({ specs, values: weights.values.slice(0, 9) }))
      },
      { code: 'BAD_START', message: expect.stringContaining('2 tensors, the model has 4') },
    ],
    [
      'has half floats',
      () => {
        const tensors = weights.specs.map(({ name, shape }) => {
          const size = shape.reduce((product, side) => product * side, 1)
          return { name, shape, dtype: 'F16' as const, bytes: new Uint8Array(2 * size) }
        })
        return fileOf('b.safetensors', encodeSafetensors(tensors))
      },
      { code: 'BAD_START', message: expect.stringContaining('is F16, not F32') },
    ],
    [
      'T21: has a weight that is no number',
      () => {
        const values = weights.values.with(3, Number.NaN)
        return fileOf('b.safetensors', encodeWeights({ ...weights, values }))
      },
      { code: 'BAD_START', message: expect.stringContaining('NaN') },
    ],
    [
      'T22: names weights elsewhere',
      () => tfjsFile((json) => json.replace('"weights.bin"', '"../weights.bin"')),
      { code: 'BAD_START', message: expect.stringContaining('not a file beside it') },
    ],
    [
      'T23: names weights in a way that would reach the terminal',
      () => tfjsFile((json) => json.replace('"weights.bin"', '"\\u001b[31mx/../weights.bin"')),
      {
        code: 'BAD_START',
        message: 'model.json: weights in "x/../weights.bin", which is not a file beside it',
      },
    ],
    [
      'T8: names the same weights again and again',
      () => tfjsFile((json) => json.replace('"weights.bin"', '"weights.bin", "weights.bin"')),
      { code: 'BAD_START', message: expect.stringContaining('twice') },
    ],
    [
      'has fewer weights than it says',
      () => tfjsFile((json) => json.replace(/"shape": \[\s*3\s*\]/, '"shape": [4]')),
      { code: 'BAD_START', message: expect.stringContaining('bytes, its shapes ask for') },
    ],
    [
      'is no model',
      () => fileOf('model.json', '{"a":1}'),
      { code: 'BAD_START', message: expect.stringContaining('no layers model of TensorFlow.js') },
    ],
    [
      'T20: has a layer that fednode does not know',
      () => tfjsFile((json) => json.replace('"class_name": "Dense"', '"class_name": "Lambda"')),
      { code: 'BAD_START', message: expect.stringContaining('Lambda') },
    ],
    [
      'is not there',
      () => ({ shown: 'none.safetensors', path: '/nowhere/none.safetensors' }),
      { code: 'FILE_MISSING' },
    ],
  ])('is refused when it %s', async (_, file, expected) => {
    const opening = openStart(manifest, { file: file(), blobs: createMemoryBlobStore() })
    await expect(opening).rejects.toMatchObject(expected)
  })
})

describe('a manifest made of a model', () => {
  it('has the layers that model.json describes, and its CID', async () => {
    const { path: file, shown } = tfjsFile()
    expect(await withStart(plain, await readStartFile(file, shown))).toEqual(manifest)
  })

  it('is refused when the rows are no input of its layers', async () => {
    const { path: file, shown } = tfjsFile()
    const wide = { ...plain, data: { ...plain.data, shape: [5] } } as Manifest
    await expect(withStart(wide, await readStartFile(file, shown))).rejects.toMatchObject({
      code: 'BAD_START',
    })
  })
})
