import { createEngine } from '@fednode/engine'
import { MIN_EVALUATED_ROWS, modelSpecOf } from '@fednode/protocol'
import { afterEach, describe, expect, it } from 'vitest'
import { evaluatedRows } from '../../../src/silo/evaluated-rows.ts'
import { measureHeld } from '../../../src/silo/measure-held.ts'
import {
  dataset,
  manifest,
  NAME,
  startAggregator,
  startSilo,
  temporaryDirectory,
} from './harness.ts'

const cleanup: (() => unknown)[] = []
afterEach(async () => {
  for (const undo of cleanup.reverse()) await undo()
  cleanup.length = 0
})

const ASKING = { ...manifest, evaluation: { share: 0.4 } }

describe('the rows that a silo holds back', () => {
  it('are the same after a restart, and never trained on', async () => {
    const [first, again] = await Promise.all(
      [1, 2].map(() => evaluatedRows({ manifest: ASKING, name: NAME })(dataset)),
    )
    expect(again).toEqual(first)
    expect(first?.held?.count).toBe(13)
    expect(first?.trained.count).toBe(32 - 13)
    const features = [first?.held, first?.trained].flatMap((rows) =>
      rows !== undefined && 'features' in rows ? [...rows.features] : [],
    )
    expect(features.sort()).toEqual([...dataset.features].sort())
  })

  it('are split once for all rounds', async () => {
    const split = evaluatedRows({ manifest: ASKING, name: NAME })
    expect(await split(dataset)).toBe(await split(dataset))
  })

  it('are none where nobody asks, and T38: where they would be fewer than ten', async () => {
    for (const terms of [manifest, { ...manifest, evaluation: { share: 0.3 } }]) {
      const rows = await evaluatedRows({ manifest: terms, name: NAME })(dataset)
      expect(rows).toEqual({ trained: dataset })
    }
    expect(Math.floor(0.3 * dataset.count)).toBe(MIN_EVALUATED_ROWS - 1)
  })
})

describe('what a silo states of the global model', () => {
  it('travels in the announcement of its update, of three digits', async () => {
    const directory = temporaryDirectory(cleanup)
    const aggregator = await startAggregator(directory, cleanup)
    const silo = await startSilo(directory, cleanup, {
      manifest: ASKING,
      readEndpoint: () => aggregator.host.addresses(),
    })
    await silo.event('listening')
    await aggregator.say(aggregator.open(1))
    const { metrics, samples } = await aggregator.update()
    expect(samples).toBe(19)
    const engine = await createEngine({ backend: 'cpu' })
    const { held } = await evaluatedRows({ manifest: ASKING, name: NAME })(dataset)
    if (held === undefined) throw new TypeError('there are enough rows')
    const model = modelSpecOf(ASKING)
    const report = engine.evaluate(model, aggregator.weights, held)
    expect(metrics).toEqual(measureHeld(engine, held, { model, weights: aggregator.weights }))
    expect(Number(metrics?.accuracy)).toBeCloseTo(Number(report.metrics.accuracy), 3)
    expect(metrics?.accuracy?.length).toBeLessThanOrEqual('0.123'.length)
    expect(silo.journal.update(1)?.metrics).toEqual(metrics)
  })

  it('is nothing where the manifest does not ask', async () => {
    const directory = temporaryDirectory(cleanup)
    const aggregator = await startAggregator(directory, cleanup)
    const silo = await startSilo(directory, cleanup, {
      readEndpoint: () => aggregator.host.addresses(),
    })
    await silo.event('listening')
    await aggregator.say(aggregator.open(1))
    const sent = await aggregator.update()
    expect(sent.samples).toBe(32)
    expect('metrics' in sent).toBe(false)
  })
})
