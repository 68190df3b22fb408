import { type Manifest, modelSpecOf, type Weights } from '@fednode/protocol'
import { beforeAll, describe, expect, it } from 'vitest'
import { createEngine } from '../../src/backends/create-engine.ts'
import { federationModel } from '../../src/federation-model.ts'
import { joinPersonal, splitPersonal } from '../../src/personal-layers.ts'
import type { Engine } from '../../src/types.ts'

const START = 'bafyreigaa3oao3mrwkzmui2q4ht567dlwaslkcdnhsgsq2b46upbancp2m'

let engine: Engine
beforeAll(async () => {
  engine = await createEngine({ backend: 'cpu' })
})

/** Only what a model is made of; the rest of a manifest says nothing of it. */
function planOf(training: object): Manifest {
  const layers = [
    { className: 'Dense', config: { units: 3, activation: 'relu' } },
    { className: 'Dense', config: { units: 2, activation: 'softmax' } },
  ]
  const data = { kind: 'array', shape: [4], classes: ['a', 'b'] }
  const model = { className: 'Sequential', layers }
  return { task: 'classification', data, model, training, seed: 5 } as unknown as Manifest
}

function startOf(manifest: Manifest): Weights {
  return engine.initialWeights(modelSpecOf(manifest), 77)
}

describe('the models of a federation', () => {
  it('begin as the seed draws them', () => {
    const manifest = planOf({})
    const { first, shared, local } = federationModel(manifest, { engine, start: undefined })
    expect(first()).toEqual(engine.initialWeights(modelSpecOf(manifest), 5))
    expect(local).toEqual(shared)
  })

  it('begin as the given model, whole or in part', () => {
    const manifest = planOf({ start: START })
    const start = startOf(manifest)
    expect(federationModel(manifest, { engine, start }).first()).toEqual(start)
    const frozen = federationModel(planOf({ start: START, freeze: ['dense_1'] }), { engine, start })
    const part = frozen.first()
    expect(part.specs.map(({ name }) => name)).toEqual(['dense_2/kernel', 'dense_2/bias'])
    expect(engine.fullWeights(frozen.shared, part)).toEqual(start)
  })

  it('with personal layers are what travels and what does not', () => {
    const manifest = planOf({ personal: ['dense_2'] })
    const models = federationModel(manifest, { engine, start: undefined })
    const drawn = engine.initialWeights(modelSpecOf(manifest), 5)
    const first = models.first()
    expect(first.specs.map(({ name }) => name)).toEqual(['dense_1/kernel', 'dense_1/bias'])
    // As given, before anybody trained.
    expect(joinPersonal(models, first, undefined)).toEqual(drawn)
    const own = Float32Array.from(models.personal.values, (_, i) => i)
    const local = joinPersonal(models, first, own)
    expect(local.values.subarray(first.values.length)).toEqual(own)
    expect(splitPersonal(models, { local, shared: first.specs })).toEqual({ shared: first, own })
  })

  it('are refused without the model that the manifest names, and with another', () => {
    const manifest = planOf({ start: START })
    const expected = expect.objectContaining({ code: 'BAD_PLAN' })
    expect(() => federationModel(manifest, { engine, start: undefined })).toThrow(expected)
    const start = { specs: [], values: new Float32Array(3) }
    const mismatch = expect.objectContaining({ code: 'SHAPE_MISMATCH' })
    expect(() => federationModel(manifest, { engine, start })).toThrow(mismatch)
  })
})
