import type { UtilityName } from '@fednode/protocol'
import type { UpResult } from '../local/up-result.ts'

const TEXTS: Readonly<Record<UtilityName, string>> = {
  accuracy: 'accuracy',
  'negative-loss': 'negative loss',
  'balanced-accuracy': 'balanced accuracy',
  f1: 'F1 score',
  'negative-mae': 'negative mean absolute error',
  auc: 'area under the ROC curve',
  'negative-rmse': 'negative root mean squared error',
  'c-index': 'C-index',
}

/** What contributions are measured in, in words. */
export function utilityText({ manifest }: Pick<UpResult, 'manifest'>): string {
  const { task, contribution } = manifest
  const text = TEXTS[contribution.utility]
  // Likelihoods are in nats, errors of numbers are not.
  const isLikelihood = task === 'classification' || task === 'survival'
  return contribution.utility === 'negative-loss' && isLikelihood ? `${text} in nats` : text
}
