import { optional } from '../../../framework/option.ts'
import { integer } from '../../../framework/value-type.ts'
import { journalOptions } from '../../../options/journal.ts'

/** Rounds of one federation. */
export const MAX_ROUND = 10_000

export const showOptions = {
  ...journalOptions,
  round: optional(integer('N', 1, MAX_ROUND), 'one round in detail (default: all)'),
} as const
