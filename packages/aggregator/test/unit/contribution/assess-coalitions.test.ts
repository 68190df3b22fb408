import { createEngine } from '@fednode/engine'
import type { SiloName } from '@fednode/protocol'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { assessCoalitions } from '../../../src/contribution/assess-coalitions.ts'
import { sharesByClient, valuesOf } from '../../../src/contribution/values-of.ts'
import { fedavg } from '../../../src/strategies/fedavg.ts'
import { weightOf } from '../../../src/strategies/weight-of.ts'
import { TINY_MODEL, tinyValidation } from '../../support/tiny-federation.ts'

const data = tinyValidation()
const NAMES = ['a', 'b', 'c'] as SiloName[]
let engine: Awaited<ReturnType<typeof createEngine>>
beforeAll(async () => {
  engine = await createEngine({ backend: 'cpu' })
})
afterAll(() => engine.dispose())

describe('assessCoalitions', () => {
  it('evaluates the incoming model first and the average of all last, and values sum to their difference', async () => {
    const base = engine.initialWeights(TINY_MODEL, 1)
    const updates = NAMES.map((silo, i) => ({
      silo,
      weights: {
        specs: base.specs,
        values: base.values.map((value, k) => value + 0.3 * Math.sin(7 * i + k)),
      },
      weight: 10 * (i + 1),
    }))
    const evaluator = engine.createCoalitionEvaluator({
      model: TINY_MODEL,
      base,
      updates,
      data,
    })
    for (const utility of ['accuracy', 'negative-loss'] as const) {
      const assessed = await assessCoalitions(3, evaluator, { utility })
      const [before, after] = [base, fedavg(updates)].map((w) =>
        engine.evaluate(TINY_MODEL, w, data),
      )
      expect(assessed.utilitiesPico).toHaveLength(8)
      expect(assessed.before.loss).toBeCloseTo(before?.loss ?? Number.NaN, 5)
      expect(assessed.after.loss).toBeCloseTo(after?.loss ?? Number.NaN, 5)
      const { shapley, shares } = valuesOf(3, assessed.utilitiesPico)
      const gain = ((assessed.utilitiesPico[7] ?? 0) - (assessed.utilitiesPico[0] ?? 0)) / 1e12
      expect(Math.abs(shapley.reduce((a, b) => a + b, 0) - gain)).toBeLessThan(1e-9)
      expect([0, 1e9]).toContain(shares.reduce((a, b) => a + b, 0))
    }
    evaluator.dispose()
  })

  it('lets other work happen between evaluations, and stops when told to', async () => {
    const stop = new AbortController()
    let evaluations = 0
    const evaluator = {
      evaluate: () => ({ accuracy: 0, loss: ++evaluations }),
      dispose: () => {},
    }
    setImmediate(() => setImmediate(() => stop.abort()))
    const running = assessCoalitions(8, evaluator, { utility: 'accuracy', signal: stop.signal })
    await expect(running).rejects.toMatchObject({ name: 'AbortError' })
    expect(evaluations).toBeLessThan(256)
  })

  it('T40: refuses a coalition whose model diverged, and more silos than can be exact', async () => {
    for (const loss of [Number.NaN, Number.POSITIVE_INFINITY, 1e10]) {
      const evaluator = { evaluate: () => ({ accuracy: 0, loss }), dispose: () => {} }
      await expect(
        assessCoalitions(1, evaluator, { utility: 'negative-loss' }),
      ).rejects.toMatchObject({ code: 'UTILITY_NOT_FINITE' })
    }
    const evaluator = { evaluate: () => ({ accuracy: 0, loss: 0 }), dispose: () => {} }
    await expect(assessCoalitions(13, evaluator, { utility: 'accuracy' })).rejects.toMatchObject({
      code: 'TOO_MANY_SILOS',
    })
  })
})

describe('sharesByClient', () => {
  it('puts each share at its client and nothing elsewhere', () => {
    expect(sharesByClient([7, 3], { indexes: [3, 0], clients: 5 })).toEqual([3, 0, 0, 7, 0])
  })
})

describe('weightOf', () => {
  it('counts samples, or every silo alike', () => {
    expect([weightOf('samples', 12), weightOf('equal', 12)]).toEqual([12, 1])
  })
})
