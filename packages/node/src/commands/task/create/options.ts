import { defaulted, optional, required } from '../../../framework/option.ts'
import { choice, decimalAmount, filePath, integer } from '../../../framework/value-type.ts'
import { networkDeedOptions } from '../../../options/network-deed.ts'

/** Bounds of ArenaRules. */
const MAX_ROUNDS = 365
const MIN_PHASE = 60
const MAX_PHASE = 1_209_600
const MAX_SEATS = 16
const MAX_SHARE = 50

/** As METRIC_NAMES of the protocol package, which is too heavy for --help. */
const METRICS = [
  'accuracy',
  'c-index',
  'rmse',
  'mae',
  'auc',
  'balanced-accuracy',
  'f1',
  'calibration-error',
] as const

const DAY = 86_400
const HOUR = 3_600
const phase = integer('SECONDS', MIN_PHASE, MAX_PHASE)

export const createArguments = {
  file: required(filePath(), "the task's manifest: its data, model and training"),
} as const

export const createOptions = {
  metric: required(choice('METRIC', METRICS), 'what validators score models by, on their own rows'),
  rounds: defaulted(integer('N', 1, MAX_ROUNDS), 1, 'rounds, each with its part of the pot'),
  submitTime: defaulted(phase, DAY, 'seconds of a round to train and submit in'),
  commitTime: defaulted(phase, HOUR, 'seconds to score and commit in'),
  revealTime: defaulted(phase, HOUR, 'seconds to reveal in'),
  seats: defaulted(integer('N', 1, MAX_SEATS), 3, 'validators per model'),
  share: defaulted(
    integer('PERCENT', 0, MAX_SHARE),
    10,
    'what nodes, and validators, get at least of a reward; the rest follows their stakes',
  ),
  pot: optional(decimalAmount, 'FDN to pay into the pot at once'),
  ...networkDeedOptions,
} as const
