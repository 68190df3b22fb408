import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { createEngine } from '../../../src/backends/create-engine.ts'
import { createWorkerOutputs } from '../../../src/coalitions/worker-outputs.ts'
import { planModel } from '../../../src/models/model-plan.ts'
import type { BackendName, CoalitionModel, Engine, EvaluationBackend } from '../../../src/types.ts'
import { blobs, conv, dense, FLATTEN, pool, sequential } from '../fixtures.ts'

const SHAPE = { featureShape: [7, 5], classes: 4 }
const model = sequential([FLATTEN, dense(33, 'relu'), dense(9, 'tanh'), dense(4, 'softmax')], SHAPE)
// No share of the rows is a multiple of a kernel's tile.
const data = blobs({ count: 263, ...SHAPE, seed: 5 })

const engines = {} as Record<BackendName, Engine>
beforeAll(async () => {
  engines.cpu = await createEngine({ backend: 'cpu' })
  engines.wasm = await createEngine({ backend: 'wasm' })
})

const start = (engine: Engine) => {
  const base = engine.initialWeights(model, 1)
  const updates = [2, 3, 4].map((seed) => engine.initialWeights(model, seed))
  return { model, base, updates, data, utility: 'auc', classWise: true } as const
}

function modelsOf(engine: Engine): CoalitionModel[] {
  const whole = { kind: 'weights', values: engine.initialWeights(model, 9).values } as const
  const coefficients = [0, 0.2, 1 / 3, 1].flatMap((a) =>
    [0, 0.7].map((b) => Float64Array.of(a, b, a * b)),
  )
  return [whole, ...coefficients.map((c) => ({ kind: 'combination', coefficients: c }) as const)]
}

describe.each(['cpu', 'wasm'] as const)('worker threads on %s', (backend) => {
  it('give the same bits as this thread, however many there are', async () => {
    const engine = engines[backend]
    const models = modelsOf(engine)
    const before = tf.memory().numTensors
    const local = engine.createCoalitionEvaluator({ ...start(engine), threads: 1 })
    const expected = await local.evaluate(models)
    for (const threads of [2, 3]) {
      const evaluator = engine.createCoalitionEvaluator({ ...start(engine), threads })
      expect(await evaluator.evaluate(models)).toEqual(expected)
      const [last] = await evaluator.evaluate(models.slice(-1))
      expect(last).toEqual(expected.at(-1))
      await evaluator.dispose()
    }
    await local.dispose()
    expect(tf.memory().numTensors).toBe(before)
  })
})

describe('worker threads with convolutions', () => {
  it('give the same bits as this thread, and those of the reference back end within 1e-5', async () => {
    const shape = { featureShape: [9, 9, 1], classes: 3 }
    const layers = [conv(4, 3, { activation: 'relu' }), conv(8, 5, { padding: 'same' }), pool(2)]
    const images = sequential([...layers, FLATTEN, dense(3, 'softmax')], shape)
    const rows = blobs({ count: 37, ...shape, seed: 2 })
    const evaluations = await Promise.all(
      (
        [
          ['wasm', 1],
          ['wasm', 2],
          ['cpu', 1],
        ] as const
      ).map(async ([backend, threads]) => {
        const engine = engines[backend]
        const [base, ...updates] = [1, 2, 3].map((seed) => engine.initialWeights(images, seed))
        if (base === undefined) expect.unreachable()
        const options = { model: images, base, updates, data: rows, threads }
        const evaluator = engine.createCoalitionEvaluator(options)
        const models = [Float64Array.of(0.3, 0.7), Float64Array.of(1, 0)].map(
          (coefficients) => ({ kind: 'combination', coefficients }) as const,
        )
        const evaluated = await evaluator.evaluate(models)
        await evaluator.dispose()
        return evaluated
      }),
    )
    const [local, threaded, reference] = evaluations
    expect(threaded).toEqual(local)
    local?.forEach(({ loss }, i) => {
      expect(Math.abs(loss - (reference?.[i]?.loss ?? Number.NaN))).toBeLessThan(1e-5)
    })
  })
})

describe('worker threads', () => {
  const many = (): CoalitionModel[] =>
    Array.from({ length: 500 }, (_, i) => ({
      kind: 'combination',
      coefficients: Float64Array.of(i / 500, 0, 0),
    }))

  it('stop when told to, and go on with the next call', async () => {
    const engine = engines.wasm
    const evaluator = engine.createCoalitionEvaluator({ ...start(engine), threads: 2 })
    const stop = new AbortController()
    const [running, other] = [
      evaluator.evaluate(many(), stop.signal),
      evaluator.evaluate(many().slice(0, 20)),
    ]
    stop.abort(new Error('enough'))
    await expect(running).rejects.toThrow('enough')
    expect(await other).toHaveLength(20)
    await evaluator.dispose()
  })

  it('refuse what is under way when they are disposed', async () => {
    const engine = engines.wasm
    const evaluator = engine.createCoalitionEvaluator({ ...start(engine), threads: 2 })
    const refused = expect(evaluator.evaluate(many())).rejects.toMatchObject({
      code: 'ENGINE_DISPOSED',
    })
    await evaluator.dispose()
    await refused
    await evaluator.dispose()
  })

  it('say which model diverged, and go on with the next call', async () => {
    const engine = engines.wasm
    const evaluator = engine.createCoalitionEvaluator({ ...start(engine), threads: 2 })
    const diverged = {
      kind: 'combination',
      coefficients: Float64Array.of(3e38, 0, 0),
    } as const
    await expect(evaluator.evaluate([diverged, ...many()])).rejects.toMatchObject({
      code: 'NOT_FINITE',
    })
    expect(await evaluator.evaluate(many().slice(0, 3))).toHaveLength(3)
    await evaluator.dispose()
  })

  it('fail what is asked of them once one has died, instead of waiting for ever', async () => {
    const plan = planModel(model)
    const base = engines.cpu.initialWeights(model, 1).values
    const source = createWorkerOutputs(
      // No such back end: every thread dies before its first answer.
      { backend: 'abacus' as EvaluationBackend, plan, base, updates: [], data, keepsSums: false },
      2,
    )
    const stopped = new Int32Array(new SharedArrayBuffer(4))
    const ask = () => source.outputs({ kind: 'weights', values: base }, stopped)
    await expect(ask()).rejects.toMatchObject({ code: 'WORKER_FAILED' })
    await expect(ask()).rejects.toMatchObject({ code: 'WORKER_FAILED' })
    await source.dispose()
  })
})
