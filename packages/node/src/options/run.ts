import { optional } from '../framework/option.ts'
import { directoryOptions } from './directory.ts'
import { runName } from './run-name.ts'

/** Which federation, alliance or task: what it is called for every command that reads what a data directory keeps of it. */
export const runOption = optional(
  runName,
  "Scenario's address, alliance:1 or arena:3 (default: the only one in --dir)",
)

/** Of which run in a data directory something is read. */
export const runOptions = { ...directoryOptions, scenario: runOption } as const
