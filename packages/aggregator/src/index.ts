export type {
  AcceptedUpdate,
  CoordinatorEvent,
  Member,
  RoundRecord,
  RoundSeconds,
  RoundValues,
} from './types.ts'
