export type {
  ChainAccount,
  ChainReader,
  Mined,
  ScenarioClient,
  ScenarioParams,
  ScenarioPhase,
  ScenarioState,
} from './types.ts'
