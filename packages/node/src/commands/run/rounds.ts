import { existsSync } from 'node:fs'
import path from 'node:path'
import { JOURNAL_FILE, type RoundRecord, readRounds } from '@fednode/aggregator'
import { UserError } from '@fednode/protocol'
import type { Context } from '../../framework/context.ts'
import type { ArgsOf } from '../../framework/option.ts'
import type { RunName } from '../../options/run-name.ts'
import { findScenario, type KeptScenario } from '../../runtime/find-scenario.ts'
import { readSiloRounds, type SiloRound } from '../../silo/read-silo-journal.ts'
import type { KeptPlace } from '../../voting/kept-place.ts'
import type { showOptions } from './show/options.ts'

/** Whose rounds, and which. */
export type RoundsOptions = {
  readonly directory: string
  readonly scenario: RunName | undefined
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

/** Rounds of one federation, as the aggregator or a silo journaled them. */
export type KeptRounds = { readonly kept: KeptScenario } & (
  | { readonly role: 'aggregator'; readonly rounds: readonly RoundRecord[] }
  | { readonly role: 'silo'; readonly rounds: readonly SiloRound[] }
)

/**
 * Rounds of a data directory, oldest first: all, or the one that was asked for. The aggregator's are over; a silo's may be running.
 * @throws {UserError} as findScenario; NO_JOURNAL, UNKNOWN_ROUND, ON_CHAIN (usage).
 */
export function selectRounds(options: RoundsOptions): KeptRounds {
  const kept = findScenario(options.directory, options.scenario)
  if (kept.place !== undefined) throw onChain(kept.place)
  const own = siloRoundsOf(kept.directory)
  return own === undefined
    ? { kept, role: 'aggregator', rounds: pick(readRounds(kept.directory), options.round) }
    : { kept, role: 'silo', rounds: pick(own, options.round) }
}

/** Who votes keeps its own part of a round only. */
function onChain({ name }: KeptPlace): UserError {
  const [owner, number] = name.split(':')
  return new UserError('usage', `the rounds of ${name} are on its chain`, {
    code: 'ON_CHAIN',
    hint:
      owner === 'alliance'
        ? `fednode alliance rounds ${number}  shows them.`
        : `fednode task show ${name}  shows them.`,
  })
}

/** undefined in an aggregator's directory, which knows more, and where nobody's journal is. */
export function siloRoundsOf(directory: string): readonly SiloRound[] | undefined {
  return existsSync(path.join(directory, JOURNAL_FILE)) ? undefined : readSiloRounds(directory)
}

function pick<T extends { readonly round: number }>(
  all: readonly T[],
  wanted: number | undefined,
): readonly T[] {
  const rounds = wanted === undefined ? all : all.filter(({ round }) => round === wanted)
  if (rounds.length > 0 || wanted === undefined) return rounds
  throw new UserError('usage', `round ${wanted} is not over, or not one of this federation`, {
    code: 'UNKNOWN_ROUND',
    hint: `Rounds that are over: ${all.length === 0 ? 'none' : `${all[0]?.round} to ${all.at(-1)?.round}`}`,
  })
}
