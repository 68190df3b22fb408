import type { ExplainedLine } from './explain.ts'
import { groupThousands } from './numbers-text.ts'
import type {
  CompressionSpec,
  EstimatorName,
  Manifest,
  StrategyName,
  UtilityName,
} from './types.ts'

/** One clause per strategy: what becomes of the updates. */
const STRATEGIES: Readonly<Record<StrategyName, string>> = {
  fedavg: 'mean of all updates (FedAvg)',
  fedavgm: 'mean of all updates with server momentum (FedAvgM)',
  fedadagrad: 'mean of all updates, adaptive server steps (FedAdagrad)',
  fedadam: 'mean of all updates, adaptive server steps (FedAdam)',
  fedyogi: 'mean of all updates, adaptive server steps (FedYogi)',
  fedprox: 'mean of all updates; training is held near the global model (FedProx)',
  scaffold: 'mean of all updates; training corrects the drift of each silo (SCAFFOLD)',
  fednova: 'mean of all updates, normalised by their steps (FedNova)',
  median: 'median of all updates, weight by weight',
  'trimmed-mean': 'mean without the extremes, weight by weight (trimmed mean)',
  krum: 'the one update that is nearest to most others (Krum)',
  'multi-krum': 'mean of the updates that are nearest to most others (Multi-Krum)',
  bulyan: 'mean around the median of the updates that Krum chooses (Bulyan)',
  'geometric-median': 'geometric median of all updates (RFA)',
  'centered-clipping': 'mean of all changes, clipped around the last one (centered clipping)',
  'norm-clipping': 'mean of all changes, each clipped to a norm',
  foolsgold: 'mean of all updates, less of those that always agree (FoolsGold)',
}

const ESTIMATORS: Readonly<Record<Exclude<EstimatorName, 'equal' | 'samples'>, string>> = {
  auto: 'Shapley value, exact up to 12 silos and sampled with an error above',
  exact: 'Shapley value, exact',
  'leave-one-out': 'leave-one-out',
  'own-utility': 'your update alone',
  permutation: 'Shapley value, sampled (permutations)',
  antithetic: 'Shapley value, sampled (antithetic permutations)',
  tmc: 'Shapley value, sampled (TMC)',
  gtg: 'Shapley value, sampled (GTG)',
  svarm: 'Shapley value, sampled (stratified SVARM)',
  kernelshap: 'Shapley value, sampled (KernelSHAP)',
  leverageshap: 'Shapley value, sampled (LeverageSHAP)',
  'centered-regression': 'Shapley value, sampled (size-centered regression)',
}

const UTILITIES: Readonly<Record<UtilityName, string>> = {
  accuracy: 'adds to the accuracy',
  'negative-loss': 'takes off the loss',
  'balanced-accuracy': 'adds to the balanced accuracy',
  auc: 'adds to the AUC',
  f1: 'adds to the F1 score',
  'negative-rmse': 'takes off the root mean squared error',
  'negative-mae': 'takes off the mean absolute error',
  'c-index': 'adds to the C-index',
}

/** How updates are combined and measured, in plain words. */
export function explainMethods(manifest: Manifest): readonly ExplainedLine[] {
  const { strategy, contribution } = manifest
  const weights = strategy.weighting === 'samples' ? 'by samples' : 'each counts once'
  const lines: ExplainedLine[] = [
    { label: 'Aggregation', text: `${STRATEGIES[strategy.name]}, ${weights}` },
    { label: 'Contribution', text: explainContribution(manifest) },
  ]
  for (const peer of contribution.verifiers ?? []) {
    lines.push({
      label: 'Verifier',
      text: `${peer} may read all updates, to recompute what is paid`,
    })
  }
  return lines
}

/** What an update is, as it leaves the silo. */
export function explainUpdate(weights: number, compression: CompressionSpec | undefined): string {
  const count = groupThousands(weights)
  switch (compression?.kind) {
    case 'fp16':
      return `${count} numbers of 16 bits (the change of the weights)`
    case 'int8':
      return `${count} numbers of 8 bits (the change of the weights)`
    case 'top-k': {
      const most = groupThousands(Math.ceil(weights * compression.ratio))
      return `${most} of ${count} numbers (the largest changes of the weights)`
    }
    default:
      return `${count} numbers (the trained weights)`
  }
}

function explainContribution({ contribution }: Manifest): string {
  const { estimator, utility, validationShare } = contribution
  if (estimator === 'equal') return 'not measured: all who take part share a gain alike'
  if (estimator === 'samples') return 'not measured: a gain is shared by the rows that silos state'
  const rows =
    validationShare === undefined
      ? "the federator's held-out rows"
      : `${Math.round(validationShare * 100)} % of the federator's held-out rows, drawn anew each round`
  return `${ESTIMATORS[estimator]}: what your update ${UTILITIES[utility]} on ${rows}`
}
