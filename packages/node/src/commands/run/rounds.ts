import path from 'node:path'
import { type RoundRecord, readRounds } from '@fednode/aggregator'
import { UserError } from '@fednode/protocol'
import type { Context } from '../../framework/context.ts'
import type { ArgsOf } from '../../framework/option.ts'
import { findScenario, type KeptScenario } from '../../runtime/find-scenario.ts'
import type { showOptions } from './show/options.ts'

/** Whose rounds, and which. */
export type RoundsOptions = {
  readonly directory: string
  readonly scenario: `0x${string}` | undefined
  readonly round: number | undefined
}

/** Resolves the directory. */
export function roundsInit(args: ArgsOf<typeof showOptions>, { cwd }: Context): RoundsOptions {
  return {
    directory: path.resolve(cwd, args.dir),
    scenario: args.scenario,
    round: args.round,
  }
}

/**
 * Rounds that are over, oldest first: all, or the one that was asked for.
 * @throws {UserError} as findScenario; UNKNOWN_ROUND (usage).
 */
export function selectRounds(options: RoundsOptions): {
  readonly kept: KeptScenario
  readonly rounds: readonly RoundRecord[]
} {
  const kept = findScenario(options.directory, options.scenario)
  const all = readRounds(kept.directory)
  const rounds =
    options.round === undefined ? all : all.filter(({ round }) => round === options.round)
  if (rounds.length > 0 || options.round === undefined) return { kept, rounds }
  throw new UserError(
    'usage',
    `round ${options.round} is not over, or not one of this federation`,
    {
      code: 'UNKNOWN_ROUND',
      hint: `Rounds that are over: ${all.length === 0 ? 'none' : `1 to ${all.at(-1)?.round}`}`,
    },
  )
}
