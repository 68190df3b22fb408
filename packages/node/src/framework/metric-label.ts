import type { MetricName } from '@fednode/protocol'

const LABELS: Readonly<Record<MetricName, string>> = {
  accuracy: 'accuracy',
  'c-index': 'C-index',
  rmse: 'RMSE',
  mae: 'MAE',
  auc: 'AUC',
  'balanced-accuracy': 'balanced accuracy',
  f1: 'F1',
  'log-loss': 'log loss',
  'calibration-error': 'calibration error',
}

/** A metric as people write it; manifests and --json have its name as it is. */
export function metricLabel(name: MetricName): string {
  return LABELS[name]
}
