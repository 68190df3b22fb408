import { softmaxLoss } from '../softmax-loss.ts'
import { accuracy, balancedAccuracy } from './accuracy.ts'
import { auc } from './auc.ts'
import { calibrationError } from './calibration-error.ts'
import type { ClassScores } from './class-scores.ts'
import { classConcordance } from './concordance-index.ts'
import { f1 } from './f1.ts'
import type { Measures } from './measures.ts'
import { type ClassCounts, countPerClass, recallPerClass } from './recall-per-class.ts'
import { rootBrierScore } from './root-mean-squared-error.ts'

/** What can be said of a classifier's logits, at least one row; the loss is the mean cross-entropy in nats. */
export function classMeasures(scores: ClassScores): Measures {
  const sum = softmaxLoss({ ...scores, rowStride: scores.classes, classStride: 1 })
  const loss = sum / scores.labels.length
  let counted: ClassCounts | undefined
  const counts = (): ClassCounts => {
    counted ??= countPerClass(scores)
    return counted
  }
  const shared = {
    accuracy: () => accuracy(counts()),
    'balanced-accuracy': () => balancedAccuracy(counts()),
    auc: () => auc(scores),
    f1: () => f1(counts()),
  }
  return {
    loss,
    metrics: {
      ...shared,
      'log-loss': () => loss,
      'calibration-error': () => calibrationError(scores),
    },
    utilities: {
      ...shared,
      'negative-loss': () => -loss,
      'negative-rmse': () => -rootBrierScore(scores),
      'c-index': () => classConcordance(scores),
    },
    classes: () => recallPerClass(counts()),
  }
}
