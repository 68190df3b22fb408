import { ESTIMATOR_NAMES, STRATEGY_NAMES, UTILITY_NAMES } from '@fednode/protocol'
import { defaulted, optional, repeated, required, toggle } from '../../../framework/option.ts'
import {
  choice,
  decimalAmount,
  filePath,
  integer,
  listOf,
  siloName,
  text,
} from '../../../framework/value-type.ts'

/** Largest number of seconds that the contract's fields take comfortably: 30 days. */
const MAX_SECONDS = 2_592_000

export const federationInitOptions = {
  data: required(
    filePath(),
    'the rows held out to validate models (a table, IDX, or a folder of images with one folder a class); silos have other rows of the same form. With --silos: all rows',
  ),
  label: optional(text('COLUMN'), 'the column to predict (none: learn what rows are usual)'),
  task: optional(
    choice('TASK', ['classification', 'regression', 'survival', 'anomaly', 'forecast']),
    'what to learn (default: guessed from the label)',
  ),
  silos: optional(
    text('COLUMN'),
    'the column that says whose a row is:  fednode up MANIFEST --data FILE  splits the file by it',
  ),
  group: optional(
    listOf(text('COLUMN')),
    'columns that name what rows belong together, such as a patient: never on both sides of a split',
  ),
  time: optional(
    text('COLUMN'),
    'when a row was measured (forecast), or how long somebody was watched (survival)',
  ),
  event: optional(text('COLUMN'), 'whether the event was seen then: 1 or 0 (survival)'),
  past: optional(
    integer('STEPS', 1, 10_000),
    'readings that a forecast is made from (default: 12)',
  ),
  horizon: optional(integer('STEPS', 1, 10_000), 'steps that a forecast looks ahead (default: 1)'),
  name: optional(siloName, "name of the federation (default: the file's name)"),
  out: defaulted(filePath(), 'federation.yaml', 'file to write'),
  rounds: defaulted(integer('N', 1, 10_000), 10, 'rounds'),
  minSilos: defaulted(integer('N', 1, 100), 2, 'silos that a round needs'),
  maxSilos: defaulted(
    integer('N', 1, 100),
    10,
    'silos that may take part; registration closes when all are there',
  ),
  hidden: optional(
    listOf(integer('UNITS', 1, 4096)),
    'hidden layers, for example 32,16 (default: none)',
  ),
  start: optional(
    filePath(),
    'a model to start from: safetensors of these layers, or model.json of TensorFlow.js, which brings its own',
  ),
  strategy: defaulted(
    choice('NAME', STRATEGY_NAMES),
    'fedavg',
    `how updates become the next model: ${STRATEGY_NAMES.join(', ')}`,
  ),
  estimator: defaulted(
    choice('NAME', ESTIMATOR_NAMES),
    'auto',
    `how contributions are computed: ${ESTIMATOR_NAMES.join(', ')}`,
  ),
  // Loss moves with every update, accuracy of a few hundred rows does not: values would be ties.
  utility: defaulted(
    choice('NAME', UTILITY_NAMES),
    'negative-loss',
    `what a model is measured by: ${UTILITY_NAMES.join(', ')}`,
  ),
  deadline: defaulted(integer('SECONDS', 1, MAX_SECONDS), 60, 'longest round'),
  registration: defaulted(integer('SECONDS', 1, MAX_SECONDS), 3_600, 'time to register'),
  reward: defaulted(decimalAmount, '100', 'currency a round'),
  market: optional(
    decimalAmount,
    'currency that opens a market for client tokens (default: no market)',
  ),
  ownScales: toggle(
    'scales of columns from this file, instead of those that silos find together: alliances and tasks of the arena have nobody who pools them',
  ),
  noChain: toggle('a federation without a chain: members by name, values measured, nobody paid'),
  aggregator: optional(text('PEERID'), 'peer id of the aggregator, with --no-chain'),
  member: repeated(text('NAME=PEERID'), 'a silo of a federation with --no-chain; once for each'),
} as const
