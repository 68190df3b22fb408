import { existsSync } from 'node:fs'
import path from 'node:path'
import { JOURNAL_FILE, readRounds } from '@fednode/aggregator'
import type { Metrics } from '@fednode/engine'
import type { Cid } from '@fednode/protocol'
import type { Outcome } from '../../../framework/command.ts'
import type { Context } from '../../../framework/context.ts'
import { headlineLine } from '../../../framework/headline-metric.ts'
import type { ArgsOf } from '../../../framework/option.ts'
import { textTable } from '../../../framework/text-table.ts'
import type { directoryOptions } from '../../../options/directory.ts'
import { keptScenarios } from '../../../runtime/find-scenario.ts'
import type { KeptPlace } from '../../../voting/kept-place.ts'
import { readVotedRun, type VotedPlace } from '../../../voting/read-voted-run.ts'
import { siloRoundsOf } from '../rounds.ts'

type Options = { readonly directory: string }

export function init(args: ArgsOf<typeof directoryOptions>, { cwd }: Context): Options {
  return { directory: path.resolve(cwd, args.dir) }
}

export async function run({ directory }: Options): Promise<Outcome> {
  const runs = keptScenarios(directory).flatMap(({ scenario, directory: own, place }) => {
    const state = place === undefined ? stateOf(own) : votedState({ directory: own, place })
    return state === undefined ? [] : [{ scenario, ...state }]
  })
  if (runs.length === 0) return { data: { runs }, text: `${directory} keeps no federation yet` }
  const rows = runs.map(({ scenario, name, role, rounds, metrics, model }) => [
    name ?? scenario,
    role,
    String(rounds),
    headlineLine(metrics ?? {}).trim() || (model ?? '-'),
  ])
  return {
    data: { runs },
    text: textTable(['federation', 'as', 'rounds done', 'last model'], rows, {
      textColumns: [0, 1, 3],
    }),
  }
}

type RunState = {
  /** Of an alliance or task: alliance:1. */
  readonly name?: string
  readonly role: 'aggregator' | 'silo' | KeptPlace['role']
  readonly rounds: number
  readonly metrics: Metrics | null
  /** Of an alliance or task, whose models nobody but voters and validators measures. */
  readonly model?: Cid
}

function votedState(kept: VotedPlace): RunState {
  const { rounds, models } = readVotedRun(kept)
  const { name, role } = kept.place
  const model = models[0]?.model
  return { name, role, rounds, metrics: null, ...(model === undefined ? {} : { model }) }
}

/** undefined where a start was stopped before anything was journaled. */
function stateOf(directory: string): RunState | undefined {
  const own = siloRoundsOf(directory)
  if (own !== undefined) {
    const last = own.findLast(({ result }) => result !== undefined)
    return { role: 'silo', rounds: last?.round ?? 0, metrics: last?.result?.metrics ?? null }
  }
  if (!existsSync(path.join(directory, JOURNAL_FILE))) return undefined
  const last = readRounds(directory).at(-1)
  return { role: 'aggregator', rounds: last?.round ?? 0, metrics: last?.metrics ?? null }
}
