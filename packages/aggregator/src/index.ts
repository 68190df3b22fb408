export { AggregatorError, type AggregatorErrorInfo } from './aggregator-error.ts'
export {
  type ContributionTerms,
  contributionBytes,
  decodeContribution,
  encodeContribution,
} from './alliance/contribution.ts'
export { type MeasuredRound, measureContributions } from './alliance/measure-contributions.ts'
export { ALLIANCE_STRATEGIES, mergeContributions } from './alliance/merge-contributions.ts'
export {
  type AllianceLosses,
  type AllianceOpinion,
  voteOfLosses,
} from './alliance/vote-of-losses.ts'
export { ARENA_METRICS, evaluationDigest, metricOfRule } from './arena/evaluation-rule.ts'
export { placesOfScores } from './arena/places-of-scores.ts'
export { scoreOfMetric } from './arena/score-of-metric.ts'
export {
  createFederatorChain,
  type FederatorChain,
  type Found,
  type RoundOutcome,
  type Settlement,
} from './chain/federator-chain.ts'
export { createLeaseChain, type LeaseChain } from './chain/lease-chain.ts'
export { readRound, readRounds } from './commands/read-rounds.ts'
export { type AggregatorStatus, readStatus } from './commands/read-status.ts'
export { setPaused } from './commands/set-paused.ts'
export { type EstimateOptions, estimate } from './contribution/estimate.ts'
export type { Estimate, Game, StopReason } from './contribution/estimator.ts'
export { exactShapley } from './contribution/exact-shapley.ts'
export {
  type RecordedUtility,
  type RecordingGame,
  recordingGame,
} from './contribution/recording-game.ts'
export {
  type ClasswiseRound,
  classValues,
  type MeasuredClasses,
} from './contribution/retrospective/class-values.ts'
export { comFedSv, type RecordedRound } from './contribution/retrospective/comfedsv.ts'
export type {
  Coordinator,
  CoordinatorDeps,
  CoordinatorOptions,
} from './coordinator/coordinator.ts'
export { createCoordinator } from './coordinator/create-coordinator.ts'
export { potOf } from './coordinator/pot-of.ts'
export type { Finding } from './detection/finding.ts'
export { announcementIn } from './evidence/announcement-in.ts'
export { checkEvidence, type EvidenceSigners, manifestOf } from './evidence/check-evidence.ts'
export { roundOpenIn } from './evidence/check-randomness.ts'
export { classValuesOf } from './evidence/class-values-of.ts'
export { encodeCoalitions } from './evidence/coalition-bytes.ts'
export { type CompletedValue, comFedSvOf } from './evidence/comfedsv-of.ts'
export { encodeEvidence, MAX_EVIDENCE_BYTES } from './evidence/encode-evidence.ts'
export type { Evidence, VoidReason } from './evidence/evidence.ts'
export { EvidenceError, type EvidenceErrorInfo } from './evidence/evidence-error.ts'
export {
  describeFault,
  type EvidenceFault,
  type EvidenceFaultCode,
} from './evidence/evidence-fault.ts'
export { parseEvidence } from './evidence/parse-evidence.ts'
export {
  type Recomputation,
  type RecomputeDeps,
  type RecomputedRound,
  recomputeEvidence,
} from './evidence/recompute-evidence.ts'
export type { ChainStep, ChainTask, ChainWork } from './journal/chain-task.ts'
export {
  createJournal,
  type Journal,
  type JournalOwner,
} from './journal/create-journal.ts'
export {
  acquireDirectoryLock,
  type DirectoryLock,
  type LockOwner,
  readLockOwner,
} from './journal/directory-lock.ts'
export { JournalError, type JournalErrorInfo } from './journal/journal-error.ts'
export { JOURNAL_FILE } from './journal/journal-file.ts'
export { type DatabaseOptions, openDatabase, transact } from './journal/open-database.ts'
export { countStarts } from './leadership/count-starts.ts'
export { type FollowDeps, type FollowEnd, followLeader } from './leadership/follow-leader.ts'
export { holdLease } from './leadership/hold-lease.ts'
export { holderOf } from './leadership/holder-of.ts'
export type { Leadership } from './leadership/leadership.ts'
export { standbyKey } from './leadership/standby-key.ts'
export { aggregate } from './strategies/aggregate.ts'
export { type CoalitionModels, coalitionModels } from './strategies/coalition-models.ts'
export type {
  Aggregate,
  AggregationInput,
  UpdateSource,
  ValueSink,
  ValueSource,
} from './strategies/types.ts'
export type {
  AcceptedUpdate,
  CoordinatorEvent,
  RoundRecord,
  RoundSeconds,
} from './types.ts'
