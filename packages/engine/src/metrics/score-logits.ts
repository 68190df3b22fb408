import type { UtilityName } from '@fednode/protocol'
import { EngineError } from '../errors.ts'
import { softmaxLoss } from '../softmax-loss.ts'
import type { Evaluation, Scoring } from '../types.ts'
import { accuracy, balancedAccuracy } from './accuracy.ts'
import { auc } from './auc.ts'
import type { ClassScores } from './class-scores.ts'
import { classConcordance } from './concordance-index.ts'
import { type ClassCounts, countPerClass, recallPerClass } from './recall-per-class.ts'
import { rootBrierScore } from './root-mean-squared-error.ts'

type Parts = { readonly scores: ClassScores; readonly counts: ClassCounts; readonly loss: number }

const UTILITIES: Readonly<Record<UtilityName, (parts: Parts) => number>> = {
  accuracy: ({ counts }) => accuracy(counts),
  'negative-loss': ({ loss }) => -loss,
  'balanced-accuracy': ({ counts }) => balancedAccuracy(counts),
  auc: ({ scores }) => auc(scores),
  'negative-rmse': ({ scores }) => -rootBrierScore(scores),
  'c-index': ({ scores }) => classConcordance(scores),
}

/**
 * Accuracy, mean loss and the utility asked for, from the logits of at least one row. Sums run in f64 in row order.
 * @throws {EngineError} NOT_FINITE when the loss is NaN or infinite.
 */
export function scoreLogits(scores: ClassScores, scoring: Scoring): Evaluation {
  const { utility = 'accuracy', classWise = false } = scoring
  const loss = meanLoss(scores)
  const counts = countPerClass(scores)
  return {
    accuracy: accuracy(counts),
    loss,
    utility: UTILITIES[utility]({ scores, counts, loss }),
    ...(classWise && { classes: recallPerClass(counts) }),
  }
}

function meanLoss(scores: ClassScores): number {
  const sum = softmaxLoss({ ...scores, rowStride: scores.classes, classStride: 1 })
  if (!Number.isFinite(sum)) {
    const what = 'evaluation loss'
    throw new EngineError(`The ${what} is ${sum}`, { code: 'NOT_FINITE', what })
  }
  return sum / scores.labels.length
}
