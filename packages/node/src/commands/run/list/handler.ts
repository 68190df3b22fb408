import { existsSync } from 'node:fs'
import path from 'node:path'
import { JOURNAL_FILE, readRounds } from '@fednode/aggregator'
import type { Metrics } from '@fednode/engine'
import type { Outcome } from '../../../framework/command.ts'
import type { Context } from '../../../framework/context.ts'
import { headlineLine } from '../../../framework/headline-metric.ts'
import type { ArgsOf } from '../../../framework/option.ts'
import { textTable } from '../../../framework/text-table.ts'
import type { directoryOptions } from '../../../options/directory.ts'
import { keptScenarios } from '../../../runtime/find-scenario.ts'
import { siloRoundsOf } from '../rounds.ts'

type Options = { readonly directory: string }

export function init(args: ArgsOf<typeof directoryOptions>, { cwd }: Context): Options {
  return { directory: path.resolve(cwd, args.dir) }
}

export async function run({ directory }: Options): Promise<Outcome> {
  const runs = keptScenarios(directory).flatMap(({ scenario, directory: own }) => {
    const state = stateOf(own)
    return state === undefined ? [] : [{ scenario, ...state }]
  })
  if (runs.length === 0) return { data: { runs }, text: `${directory} keeps no federation yet` }
  const rows = runs.map(({ scenario, role, rounds, metrics }) => [
    scenario,
    role,
    String(rounds),
    headlineLine(metrics ?? {}).trim() || '-',
  ])
  return {
    data: { runs },
    text: textTable(['scenario', 'as', 'rounds done', 'last model'], rows, {
      textColumns: [0, 1, 3],
    }),
  }
}

type RunState = {
  readonly role: 'aggregator' | 'silo'
  readonly rounds: number
  readonly metrics: Metrics | null
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
