import type { Weights } from '@fednode/protocol'
import { checkThreads } from '../check-threads.ts'
import { EngineError } from '../errors.ts'
import { scoreOutputs } from '../metrics/score-outputs.ts'
import type { ModelPlan } from '../models/model-plan.ts'
import type {
  CoalitionEvaluator,
  CoalitionModel,
  Dataset,
  EvaluationBackend,
  Features,
  Scoring,
} from '../types.ts'
import { checkCoalitionInput, checkCoalitionModel } from './check-coalitions.ts'
import { keepsFirstLayerSums } from './first-layer-sums.ts'
import type { OutputSource } from './output-source.ts'
import { createOutputSources } from './output-sources.ts'

/** What createCoalitionEvaluator takes. */
export type CoalitionOptions = {
  readonly backend: EvaluationBackend
  readonly plan: ModelPlan
  readonly base: Weights
  readonly updates: readonly Weights[]
  readonly data: Dataset
  readonly scoring: Scoring
  readonly threads: number | undefined
}

/** See Engine.createCoalitionEvaluator. */
export function createCoalitionEvaluator(options: CoalitionOptions): CoalitionEvaluator {
  const { backend, plan, base, updates, data, scoring, threads } = options
  checkCoalitionInput(plan, options)
  checkThreads(threads)
  const values = updates.map((update) => update.values)
  const keepsSums = keepsFirstLayerSums(plan, data.count, updates.length)
  const rows = featuresOf(data)
  const task = { backend, plan, data: rows, base: base.values, updates: values, keepsSums }
  const sources = createOutputSources(task, threads)
  const disposal = new AbortController()
  const { objective } = plan
  const score = (outputs: Float32Array) => scoreOutputs({ outputs, objective, data }, scoring)
  return {
    async evaluate(models, signal) {
      disposal.signal.throwIfAborted()
      signal?.throwIfAborted()
      for (const model of models) checkCoalitionModel(model, { plan, updates: updates.length })
      const ends = signal === undefined ? [disposal.signal] : [disposal.signal, signal]
      return scoreAll(models, { source: sources.pick(models), ends, score })
    },
    async dispose() {
      disposal.abort(disposed())
      await sources.dispose()
    },
  }
}

/** What threads need of a data set: targets are only for who scores. */
function featuresOf({ count, featureShape, features, featureScale }: Dataset): Features {
  return { count, featureShape, features, featureScale }
}

/** Runs and scores models, as many at once as keep their source busy; the first failure ends all. */
async function scoreAll<T>(
  models: readonly CoalitionModel[],
  options: {
    readonly source: OutputSource
    readonly ends: readonly AbortSignal[]
    readonly score: (outputs: Float32Array) => T
  },
): Promise<T[]> {
  const { source, ends, score } = options
  const failure = new AbortController()
  const end = AbortSignal.any([...ends, failure.signal])
  const stopped = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT))
  end.addEventListener('abort', () => Atomics.store(stopped, 0, 1))
  const scored: T[] = []
  let next = 0
  const lane = async (): Promise<void> => {
    for (let i = next++; i < models.length; i = next++) {
      const outputs = await source.outputs(models[i] as CoalitionModel, stopped)
      end.throwIfAborted()
      if (outputs !== undefined) scored[i] = score(outputs)
    }
  }
  try {
    await Promise.all(Array.from({ length: source.lanes }, lane))
  } catch (error) {
    failure.abort(error)
    throw error
  }
  return scored
}

function disposed(): EngineError {
  return new EngineError('The coalition evaluator was disposed', { code: 'ENGINE_DISPOSED' })
}
