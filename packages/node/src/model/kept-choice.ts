import path from 'node:path'
import type { ArgsOf } from '../framework/option.ts'
import type { keptModelOptions, modelArguments } from '../options/model.ts'
import type { RunName } from '../options/run-name.ts'

/** A model of a round that a data directory keeps. */
export type KeptChoice = {
  readonly kind: 'kept'
  readonly directory: string
  /** Absent: the only one in the directory. */
  readonly scenario?: RunName
  /** Absent: the last one that is over. */
  readonly round?: number
}

/** Which model of a data directory the options of a command mean. */
export function keptChoice(
  {
    scenario,
    round,
    dir,
  }: ArgsOf<typeof modelArguments> & Pick<ArgsOf<typeof keptModelOptions>, 'round' | 'dir'>,
  cwd: string,
): KeptChoice {
  return {
    kind: 'kept',
    directory: path.resolve(cwd, dir),
    ...(scenario === undefined ? {} : { scenario }),
    ...(round === undefined ? {} : { round }),
  }
}
