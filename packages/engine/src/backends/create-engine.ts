import { createCoalitionEvaluator } from '../coalitions/coalition-evaluator.ts'
import { EngineError } from '../errors.ts'
import { evaluateModel } from '../evaluate.ts'
import { initialWeights } from '../models/initial-weights.ts'
import { planModel } from '../models/model-plan.ts'
import { predictRows } from '../predict.ts'
import { trainModel } from '../train.ts'
import type { BackendName, Engine } from '../types.ts'
import { activateBackend, startBackend } from './start-backend.ts'

/**
 * Starts a TensorFlow.js back end and returns the engine on it. `wasm` is SIMD on one thread with our matMul kernels; `cpu` is the slow
 * reference in plain JavaScript. Engines of both may live in one process and may even train at the same time: each switches the
 * process-wide back end in every synchronous section.
 * @throws {EngineError} BACKEND_UNAVAILABLE.
 */
export async function createEngine(options: { readonly backend: BackendName }): Promise<Engine> {
  const { backend } = options
  await startBackend(backend)
  let isDisposed = false
  const use = (): void => {
    if (isDisposed) throw disposed()
    activateBackend(backend)
  }
  return {
    backend,
    weightSpecs: (model) => planModel(model).specs,
    initialWeights: (model, seed) => initialWeights(planModel(model), seed),
    async train(model, weights, data, trainOptions) {
      use()
      return trainModel({ backend, model: planModel(model), weights, data }, trainOptions)
    },
    evaluate(model, weights, data, scoring = {}) {
      use()
      return evaluateModel(weights, { plan: planModel(model), data, scoring })
    },
    predict(model, weights, rows, scale) {
      use()
      return predictRows(weights, { plan: planModel(model), rows, scale })
    },
    createCoalitionEvaluator({ model, ...options }) {
      use()
      return createCoalitionEvaluator({
        ...options,
        backend,
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
