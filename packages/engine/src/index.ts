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
