import { ARENA_METRICS, metricOfRule } from '@fednode/aggregator'
import type { TaskTerms } from '@fednode/contracts'
import { digestOfCid, type MetricName, UserError } from '@fednode/protocol'
import type { Plan } from '../plan/plan.ts'

/**
 * Refuses a manifest that is not a task's, that the arena cannot follow, or whose models cannot be scored as the task says.
 * @returns what models are scored by.
 * @throws {UserError} usage: OTHER_MANIFEST, NOT_FOR_ARENAS; refused: UNKNOWN_EVALUATION.
 */
export function checkTaskPlan(
  plan: Plan,
  { manifest: digest, evaluation }: Pick<TaskTerms, 'manifest' | 'evaluation'>,
): MetricName {
  const { cid, source } = plan
  if (digestOfCid(cid) !== digest) {
    throw new UserError('usage', `${source} is not the manifest of this task`, {
      code: 'OTHER_MANIFEST',
      hint: `The chain has the digest ${digest}; this file's is ${digestOfCid(cid)}. Ask who created the task for its file.`,
    })
  }
  const metric = metricOfRule(evaluation)
  if (metric === undefined) {
    throw new UserError('refused', `this fednode does not know the evaluation rule ${evaluation}`, {
      code: 'UNKNOWN_EVALUATION',
      hint: 'fednode task create --metric  makes tasks with rules that every fednode knows.',
    })
  }
  checkArenaPlan(plan, metric)
  return metric
}

/**
 * The same before there is a task.
 * @throws {UserError} usage: NOT_FOR_ARENAS.
 */
export function checkArenaPlan({ manifest, source }: Plan, metric: MetricName): void {
  const fit = ARENA_METRICS[manifest.task]
  if (!fit.includes(metric)) {
    throw unfit(
      `${source}: a model of ${manifest.task} is not measured by ${metric}`,
      `Take one of ${fit.join(', ')}.`,
    )
  }
  if (manifest.preprocessing !== undefined) {
    throw unfit(
      `${source}: preprocessing pools statistics at an aggregator, and the arena has none`,
      'fednode federation init --own-scales  writes a manifest with the scales of its file.',
    )
  }
}

function unfit(message: string, hint: string): UserError {
  return new UserError('usage', message, { code: 'NOT_FOR_ARENAS', hint })
}
