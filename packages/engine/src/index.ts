export {
  ATTACK_NAMES,
  type AttackKnowledge,
  type AttackName,
  type AttackSpec,
} from './attacks/attack.ts'
export { craftUpdate } from './attacks/craft-update.ts'
export { mirrorLabels } from './attacks/mirror-labels.ts'
export { createEngine } from './backends/create-engine.ts'
export {
  BACKEND_NAMES,
  chooseBundledEngine,
  chooseEngine,
  type EngineChoice,
  type EngineFinding,
  fastestOf,
  findEngine,
} from './backends/engine-choice.ts'
export { INSTALLED_FILE } from './backends/engine-installed.ts'
export type { InstalledBackend } from './backends/engine-place.ts'
export { NATIVE_FILES, type NativeBackend } from './backends/native-backend.ts'
export { SELF_TEST_TOLERANCE } from './backends/self-test.ts'
export { controlCorrection, nextControlVariate } from './control-variate.ts'
export type { DataErrorCode } from './data/data-error.ts'
export { inferTable } from './data/infer-table.ts'
export { type LoadedDataset, loadDataset } from './data/load-dataset.ts'
export { flipLabels, partitionBySkew, type SkewOptions } from './data/partition.ts'
export type { ColumnReport, DataReport } from './data/report.ts'
export { EngineError, type EngineErrorInfo } from './errors.ts'
export { concordanceIndex, type Survival } from './metrics/concordance-index.ts'
export { rootMeanSquaredError } from './metrics/root-mean-squared-error.ts'
export { createRandom, createRandomFrom, type Random, shuffle } from './random.ts'
export type {
  BackendName,
  CoalitionEvaluator,
  CoalitionModel,
  Dataset,
  Engine,
  Evaluation,
  EvaluationBackend,
  ModelSpec,
  Scoring,
  TrainingProgress,
  TrainingResult,
} from './types.ts'
export {
  type Code,
  defineFunction,
  numbered,
  type WasmFunction,
} from './wasm/define-function.ts'
export { encodeModule } from './wasm/encode-module.ts'
export { instantiateWasm } from './wasm/instantiate-wasm.ts'
export { f32x4, f64x2, i32, loadPair, repeat, v128 } from './wasm/instructions.ts'
export { type WasmMemory, WebAssembly } from './wasm/web-assembly.ts'
