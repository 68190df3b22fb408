import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Weights } from '@fednode/protocol'
import { EngineError } from '../errors.ts'
import { scoreLogits } from '../metrics/score-logits.ts'
import type { ModelPlan } from '../models/model-plan.ts'
import type {
  BackendName,
  CoalitionEvaluator,
  CoalitionModel,
  Dataset,
  Evaluation,
  Scoring,
} from '../types.ts'
import { checkCoalitionInput, checkCoalitionModel } from './check-coalitions.ts'
import { createCoalitionRunner } from './coalition-runner.ts'
import { keepsFirstLayerSums } from './first-layer-sums.ts'

/** What createCoalitionEvaluator takes. */
export type CoalitionOptions = {
  readonly backend: BackendName
  readonly plan: ModelPlan
  readonly base: Weights
  readonly updates: readonly Weights[]
  readonly data: Dataset
  readonly scoring: Scoring
}

/** See Engine.createCoalitionEvaluator. */
export function createCoalitionEvaluator(options: CoalitionOptions): CoalitionEvaluator {
  const { backend, plan, base, updates, data, scoring } = options
  checkCoalitionInput(plan, options)
  const runner = createCoalitionRunner({
    backend,
    plan,
    data,
    base: base.values,
    updates: updates.map(({ values }) => values),
    keepsSums: keepsFirstLayerSums(plan, data.count, updates.length),
  })
  let isDisposed = false
  const evaluateOne = async (model: CoalitionModel, signal?: AbortSignal): Promise<Evaluation> => {
    const logits = await runner.logits(model, async () => {
      await nextTurn()
      signal?.throwIfAborted()
      if (isDisposed) throw disposed()
    })
    return scoreLogits({ logits, labels: data.labels, classes: plan.classes }, scoring)
  }
  return {
    async evaluate(models, signal) {
      if (isDisposed) throw disposed()
      for (const model of models) checkCoalitionModel(model, { plan, updates: updates.length })
      const evaluations: Evaluation[] = []
      for (const model of models) evaluations.push(await evaluateOne(model, signal))
      return evaluations
    },
    async dispose() {
      if (isDisposed) return
      isDisposed = true
      runner.dispose()
    },
  }
}

function disposed(): EngineError {
  return new EngineError('The coalition evaluator was disposed', { code: 'ENGINE_DISPOSED' })
}
