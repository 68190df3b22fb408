import {
  cidOfObject,
  digestOfCid,
  encodeCanonical,
  METRIC_NAMES,
  type MetricName,
  type TaskName,
} from '@fednode/protocol'

const RULE = 'fednode/arena-evaluation/1'

/** What a model of each kind of task can be scored by in the arena. */
export const ARENA_METRICS: Readonly<Record<TaskName, readonly MetricName[]>> = {
  classification: ['accuracy', 'auc', 'balanced-accuracy', 'f1', 'calibration-error'],
  regression: ['rmse', 'mae'],
  survival: ['c-index'],
  anomaly: ['rmse'],
}

/**
 * The digest by which a task names its evaluation rule: SHA-256 of the canonical CBOR of { rule: "fednode/arena-evaluation/1", metric }.
 * The rule: the metric of the model on all rows that the validator holds, turned into points by scoreOfMetric.
 */
export function evaluationDigest(metric: MetricName): `0x${string}` {
  return digestOfCid(cidOfObject(encodeCanonical({ rule: RULE, metric })))
}

/** The metric of a rule; undefined for a rule that this version does not know. */
export function metricOfRule(digest: string): MetricName | undefined {
  return METRIC_NAMES.find((metric) => evaluationDigest(metric) === digest.toLowerCase())
}
