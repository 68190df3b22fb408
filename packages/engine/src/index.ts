export {
  ATTACK_NAMES,
  type AttackKnowledge,
  type AttackName,
  type AttackSpec,
} from './attacks/attack.ts'
export { craftUpdate } from './attacks/craft-update.ts'
export { mirrorTargets } from './attacks/mirror-targets.ts'
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
export { categoryCounts } from './data/category-counts.ts'
export { checkDataset, type DataCheck } from './data/check-dataset.ts'
export { columnMoments, type DataMoments } from './data/column-moments.ts'
export type { DataErrorCode } from './data/data-error.ts'
export { type DataPart, dataParts } from './data/data-parts.ts'
export type { FaultRule } from './data/fault.ts'
export { inferData } from './data/infer-data.ts'
export type { InferredData, TableWish } from './data/inferred-data.ts'
export { isQuery } from './data/is-query.ts'
export type { RowRoom } from './data/keep-on-disk.ts'
export { type LoadedDataset, loadDataset, loadTrainingRows } from './data/load-dataset.ts'
export { type LoadedFeatures, loadFeatures } from './data/load-features.ts'
export { parquetBytes, type WrittenColumn } from './data/parquet-bytes.ts'
export { flipLabels, partitionBySkew, type SkewOptions } from './data/partition.ts'
export { pickTargets } from './data/pick-targets.ts'
export { readColumn } from './data/read-column.ts'
export { readIntoMemory } from './data/read-into-memory.ts'
export { readReport } from './data/read-report.ts'
export type { ColumnReport, DataReport, DataWarning } from './data/report.ts'
export { type SiloRows, type SplitRules, splitTable, type TableSplit } from './data/split-table.ts'
export type { UnitSuspicion } from './data/suspect-units.ts'
export type { Violation } from './data/violations.ts'
export { EngineError, type EngineErrorInfo } from './errors.ts'
export type { ExportedModel } from './export/exported-model.ts'
export { onnxModel } from './export/onnx/onnx-model.ts'
export { TFJS_WEIGHTS_FILE, type TfjsModel, tfjsModel } from './export/tfjs-model.ts'
export { type FederationModel, federationModel } from './federation-model.ts'
export { concordanceIndex, type Survival } from './metrics/concordance-index.ts'
export { rootMeanSquaredError } from './metrics/root-mean-squared-error.ts'
export { joinPersonal, splitPersonal } from './personal-layers.ts'
export { createRandom, createRandomFrom, type Random, shuffle } from './random.ts'
export { sliceFeatures } from './slice-features.ts'
export { holdOut } from './training/hold-out.ts'
export { type SplitRule, splitRows } from './training/split-rows.ts'
export type {
  BackendName,
  CoalitionEvaluator,
  CoalitionModel,
  Dataset,
  Engine,
  Evaluation,
  EvaluationBackend,
  Features,
  Metrics,
  ModelReport,
  Scoring,
  StreamedDataset,
  Targets,
  TrainingProgress,
  TrainingResult,
  TrainingRows,
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
