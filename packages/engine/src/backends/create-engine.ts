import { checkThreads } from '../check-threads.ts'
import { createCoalitionEvaluator } from '../coalitions/coalition-evaluator.ts'
import { EngineError } from '../errors.ts'
import { evaluateModel } from '../evaluate.ts'
import { wholeModel } from '../models/full-weights.ts'
import { initialWeights } from '../models/initial-weights.ts'
import { planModel } from '../models/model-plan.ts'
import { predictRows } from '../predict.ts'
import { trainModel } from '../train.ts'
import type { BackendName, Engine } from '../types.ts'
import type { EnginePlace } from './engine-place.ts'
import { activateBackend, startBackend } from './start-backend.ts'

/**
 * Starts a TensorFlow.js back end and returns the engine on it. `wasm` is SIMD on one thread with our matMul kernels; `cpu` is the slow
 * reference in plain JavaScript; the others are installed (docs/ENGINES.md), and evaluate on wasm. Engines may live in one process and
 * may even train at the same time: each switches the process-wide back end in every synchronous section.
 * @param options - `place` is where engines are installed; `threads` how many one training may use, where its batches are large enough: 1 is the
 * caller's own; absent, as many as the machine has cores.
 * @throws {EngineError} BACKEND_UNAVAILABLE, BAD_PLAN.
 */
export async function createEngine(options: {
  readonly backend: BackendName
  readonly place?: EnginePlace
  readonly threads?: number | undefined
}): Promise<Engine> {
  const { backend, place, threads } = options
  checkThreads(threads)
  const evaluationBackend = backend === 'cpu' ? 'cpu' : 'wasm'
  await startBackend(evaluationBackend)
  await startBackend(backend, place)
  let isDisposed = false
  const use = (wanted: BackendName): void => {
    if (isDisposed) throw disposed()
    activateBackend(wanted)
  }
  return {
    backend,
    evaluationBackend,
    weightSpecs: (model) => planModel(model).specs,
    fullWeights: (model, weights) => wholeModel(planModel(model), weights),
    initialWeights: (model, seed) => initialWeights(planModel(model), seed),
    async train(model, weights, data, trainOptions) {
      use(backend)
      const plan = planModel(model)
      const work = { backend, evaluationBackend, model: plan, weights, data, threads } as const
      const restart = (): Promise<void> => startBackend(backend, place)
      return trainModel(backend === 'webgpu' ? { ...work, restart } : work, trainOptions)
    },
    evaluate(model, weights, data, scoring = {}) {
      use(evaluationBackend)
      return evaluateModel(weights, { plan: planModel(model), data, scoring })
    },
    predict(model, weights, rows, scale) {
      use(evaluationBackend)
      return predictRows(weights, { plan: planModel(model), rows, scale })
    },
    createCoalitionEvaluator({ model, ...options }) {
      use(evaluationBackend)
      return createCoalitionEvaluator({
        ...options,
        backend: evaluationBackend,
        plan: planModel(model),
        scoring: options,
        threads: options.threads,
      })
    },
    dispose() {
      // The back end itself stays: its stock dispose() removes every process listener, also those of others.
      isDisposed = true
    },
  }
}

function disposed(): EngineError {
  return new EngineError('The engine was disposed', { code: 'ENGINE_DISPOSED' })
}
