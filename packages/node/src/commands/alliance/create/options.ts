import { defaulted, required } from '../../../framework/option.ts'
import { decimalAmount, filePath, integer } from '../../../framework/value-type.ts'
import { networkDeedOptions } from '../../../options/network-deed.ts'

/** Bounds of the contract (AllianceRules). */
const MAX_ROUNDS = 10_000
const MIN_PARTICIPANTS = 2
const MAX_PARTICIPANTS = 64
const MIN_WINDOW = 20
const DAY = 86_400

const people = integer('N', 1, MAX_PARTICIPANTS)
const party = integer('N', MIN_PARTICIPANTS, MAX_PARTICIPANTS)
const seconds = integer('SECONDS', MIN_WINDOW, DAY)

export const createArguments = {
  manifest: required(
    filePath(),
    'manifest that all participants follow; they need the same file, whose digest goes on the chain',
  ),
} as const

export const createOptions = {
  rounds: required(integer('N', 1, MAX_ROUNDS), 'rounds of the alliance'),
  pool: required(decimalAmount, 'FDN that its rounds share out'),
  minStake: required(decimalAmount, 'FDN that a participant has at stake at least'),
  proposers: defaulted(people, 4, 'participants that are drawn to train each round'),
  voters: defaulted(people, 4, 'participants that are drawn to judge each round'),
  minParticipants: defaulted(party, 2, 'participants without whom no round is opened'),
  maxParticipants: defaulted(party, MAX_PARTICIPANTS, 'participants at most'),
  contributeSeconds: defaulted(seconds, 600, 'time to train'),
  commitSeconds: defaulted(seconds, 300, 'time to fetch, judge and commit'),
  revealSeconds: defaulted(seconds, 120, 'time to reveal'),
  ...networkDeedOptions,
} as const
