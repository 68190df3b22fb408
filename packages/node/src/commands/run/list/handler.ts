import path from 'node:path'
import { readRounds } from '@fednode/aggregator'
import type { Outcome } from '../../../framework/command.ts'
import type { Context } from '../../../framework/context.ts'
import type { ArgsOf } from '../../../framework/option.ts'
import { textTable } from '../../../framework/text-table.ts'
import type { directoryOptions } from '../../../options/directory.ts'
import { keptScenarios } from '../../../runtime/find-scenario.ts'

type Options = { readonly directory: string }

export function init(args: ArgsOf<typeof directoryOptions>, { cwd }: Context): Options {
  return { directory: path.resolve(cwd, args.dir) }
}

export async function run({ directory }: Options): Promise<Outcome> {
  const runs = keptScenarios(directory).map((kept) => {
    const last = readRounds(kept.directory).at(-1)
    return { scenario: kept.scenario, rounds: last?.round ?? 0, accuracy: last?.accuracy ?? null }
  })
  if (runs.length === 0) return { data: { runs }, text: `${directory} keeps no federation yet` }
  const rows = runs.map(({ scenario, rounds, accuracy }) => [
    scenario,
    String(rounds),
    accuracy === null ? '-' : accuracy.toFixed(3),
  ])
  return {
    data: { runs },
    text: textTable(['scenario', 'rounds done', 'accuracy'], rows, { textColumns: [0] }),
  }
}
