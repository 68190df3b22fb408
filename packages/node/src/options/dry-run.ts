import { toggle } from '../framework/option.ts'

/** On every command that sends. */
export const dryRunOptions = {
  dryRun: toggle('show what would happen and its gas, send nothing'),
} as const
