/**
 * Named moments of a round at which a debugging order may end or freeze the process: each follows the deed that it names. The parts of
 * `aggregator.` and `silo.` come in the order of a round; those of `preprocessing.` in the aggregator, before round 1; `blob.` in whichever process receives one.
 */
export const FAULT_STEPS = [
  'aggregator.term-journaled',
  'aggregator.round-journaled',
  'aggregator.round-announced',
  'aggregator.update-fetched',
  'aggregator.update-journaled',
  'aggregator.receipt-announced',
  'aggregator.closing-journaled',
  'aggregator.blob-stored',
  'aggregator.result-journaled',
  'aggregator.result-announced',
  'aggregator.task-started',
  'aggregator.tx-sent',
  'aggregator.tx-mined',
  'aggregator.task-journaled',
  'silo.base-journaled',
  'silo.opening-journaled',
  'silo.blob-fetched',
  'silo.trained',
  'silo.update-stored',
  'silo.update-journaled',
  'silo.update-announced',
  'silo.receipt-journaled',
  'silo.result-journaled',
  'silo.model-saved',
  'preprocessing.statistics-journaled',
  'preprocessing.journaled',
  'blob.chunk-written',
  'blob.committed',
] as const

/** One of FAULT_STEPS. */
export type FaultStep = (typeof FAULT_STEPS)[number]

/** Says that a step was reached. */
export type Reach = (step: FaultStep) => void
