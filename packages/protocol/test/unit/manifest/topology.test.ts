import { describe, expect, it } from 'vitest'
import { checkManifest } from '../../../src/manifest/check.ts'
import { featureShapeOf } from '../../../src/manifest/feature-shape.ts'
import { printIssue } from '../../../src/manifest/issue.ts'
import { countWeights, sizeOfModel } from '../../../src/manifest/topology.ts'
import type { Manifest } from '../../../src/manifest/types.ts'
import { MANIFEST, TABLE, TABLE_MANIFEST } from '../sample-manifest.ts'

const softmax = { className: 'Dense', config: { units: 10, activation: 'softmax' } }
const flatten = { className: 'Flatten', config: {} }

function problemsOf(changes: Record<string, unknown>, base: Manifest = MANIFEST): string {
  const result = checkManifest({ ...base, ...changes })
  return result.ok ? 'none' : result.issues.map(printIssue).join('\n')
}

const withLayers = (...layers: unknown[]): string =>
  problemsOf({ model: { className: 'Sequential', layers } })

describe('the size of a model', () => {
  it('is that of McMahan 2NN and of a regression', () => {
    expect(countWeights(MANIFEST.model, [28, 28])).toBe(199_210)
    expect(sizeOfModel(MANIFEST.model, [28, 28]).activations).toBe(784 + 200 + 200 + 10)
    expect(countWeights(TABLE_MANIFEST.model, featureShapeOf(TABLE))).toBe(4 * 2 + 2)
  })

  it('counts no bias where there is none', () => {
    const config = { units: 3, useBias: false } as const
    expect(
      countWeights({ className: 'Sequential', layers: [{ className: 'Dense', config }] }, [5]),
    ).toBe(15)
  })

  it('counts one feature a column and one a category', () => {
    expect(featureShapeOf(TABLE)).toEqual([4])
    expect(featureShapeOf(MANIFEST.data)).toEqual([28, 28])
  })
})

describe('hostile topologies', () => {
  it.each<[string, unknown, RegExp]>([
    [
      'a Lambda layer',
      { className: 'Lambda', config: { function: 'x' } },
      /got "Lambda", expected one of "Dense", "Flatten"/,
    ],
    ['a layer from the prototype', { className: 'constructor', config: {} }, /got "constructor"/],
    [
      'a custom activation',
      { className: 'Dense', config: { units: 1, activation: 'eval' } },
      /activation: got "eval"/,
    ],
    [
      'an initializer',
      { className: 'Dense', config: { units: 1, kernelInitializer: {} } },
      /kernelInitializer: got an unknown key/,
    ],
    [
      'code in a config',
      { className: 'Flatten', config: { code: 'x' } },
      /code: got an unknown key/,
    ],
    ['no config', { className: 'Dense' }, /config: got nothing/],
    [
      '10^12 units',
      { className: 'Dense', config: { units: 1e12 } },
      /units: got 1000000000000, expected an integer from 1 to 1000000/,
    ],
    ['negative units', { className: 'Dense', config: { units: -1 } }, /units: got -1/],
    ['half a unit', { className: 'Dense', config: { units: 0.5 } }, /units: got 0.5/],
  ])('T20 are refused: %s', (_, layer, expected) => {
    expect(withLayers(flatten, layer, softmax)).toMatch(expected)
  })

  it('T20 are refused when they have too many weights, counted before anything is built', () => {
    const wide = { className: 'Dense', config: { units: 1_000_000 } }
    expect(withLayers(flatten, wide, wide, softmax)).toMatch(
      /model: got 1000796000010, expected at most 1000000000 weights/,
    )
  })

  it('T20 are refused when they have too many layers', () => {
    const layers = Array.from({ length: 513 }, () => ({ className: 'Dense', config: { units: 1 } }))
    expect(withLayers(flatten, ...layers)).toMatch(
      /layers: got a list, expected a list of 1 to 512 items/,
    )
  })

  it('T20 are refused when one batch has too many activations', () => {
    const training = { ...MANIFEST.training, batchSize: 1_000_000 }
    expect(problemsOf({ training })).toMatch(
      /training.batchSize: got 1194000000, expected at most 100000000 activations/,
    )
  })

  it('T20 are refused when a row is too large', () => {
    const data = { ...MANIFEST.data, shape: [10_000_000, 10_000_000] }
    expect(problemsOf({ data })).toMatch(
      /data: got 100000000000000, expected at most 10000000 numbers a row/,
    )
  })

  it('are refused without the right beginning and end', () => {
    expect(withLayers(softmax)).toMatch(
      /layers.0.className: got "Dense", expected a layer for such rows: Dense needs flat rows: put Flatten or a global pooling before it; here a row has the shape \[28, 28\]/,
    )
    expect(withLayers(flatten)).toMatch(
      /layers.0.className: got "Flatten", expected "Dense" as the last layer/,
    )
    expect(withLayers()).toMatch(/a list of 1 to 512 items/)
  })
})
