import path from 'node:path'
import type { Context } from '../../framework/context.ts'
import type { ArgsOf } from '../../framework/option.ts'
import type { journalOptions } from '../../options/journal.ts'

/** Which aggregator an operator's command is about. */
export type KeptOptions = {
  readonly directory: string
  readonly scenario: `0x${string}` | undefined
}

/** Resolves the data directory. */
export function keptInit(args: ArgsOf<typeof journalOptions>, { cwd }: Context): KeptOptions {
  return { directory: path.resolve(cwd, args.dir), scenario: args.scenario }
}
