import { optional } from '../../../framework/option.ts'
import { integer } from '../../../framework/value-type.ts'
import { runOptions } from '../../../options/run.ts'

/** Rounds of one federation. */
export const MAX_ROUND = 10_000

export const showOptions = {
  ...runOptions,
  round: optional(integer('N', 1, MAX_ROUND), 'one round in detail (default: all)'),
} as const
