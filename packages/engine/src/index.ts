export { createEngine } from './backends/create-engine.ts'
export { flipLabels, partitionBySkew, type SkewOptions } from './data/partition.ts'
export { EngineError, type EngineErrorInfo } from './errors.ts'
export type {
  BackendName,
  CoalitionEvaluator,
  Dataset,
  Engine,
  Evaluation,
  ModelSpec,
  TrainingProgress,
  TrainingResult,
} from './types.ts'
export { type WeightedUpdate, weightedMean } from './weighted-mean.ts'
