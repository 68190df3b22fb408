import { optional } from '../framework/option.ts'
import { address } from '../framework/value-type.ts'
import { directoryOptions } from './directory.ts'

/** Which federation's journal in a data directory is read. */
export const journalOptions = {
  ...directoryOptions,
  scenario: optional(address, 'address of the Scenario (default: the only one in --dir)'),
} as const
