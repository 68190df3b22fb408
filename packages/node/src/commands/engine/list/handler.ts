import { BACKEND_NAMES, type EngineFinding, fastestOf, findEngine } from '@fednode/engine'
import { describeEngine } from '../../../engines/describe-engine.ts'
import { engineDirectory } from '../../../engines/engine-directory.ts'
import { engineSurroundings } from '../../../engines/open-engine.ts'
import type { Outcome } from '../../../framework/command.ts'
import type { Context } from '../../../framework/context.ts'
import type { ArgsOf } from '../../../framework/option.ts'
import { textTable } from '../../../framework/text-table.ts'
import type { engineListOptions } from './options.ts'

type Options = ArgsOf<typeof engineListOptions>

const TEXT_COLUMNS = [0, 1]

export function init(options: Options): Options {
  return options
}

export async function run(options: Options, context: Context): Promise<Outcome> {
  const surroundings = engineSurroundings(options, context)
  const found: EngineFinding[] = []
  // One after the other: two at once would measure each other.
  for (const backend of BACKEND_NAMES) found.push(await findEngine(backend, surroundings))
  const working = found.filter(({ probe }) => probe.works)
  const auto = working.length === 0 ? undefined : fastestOf(found).backend
  const directory = engineDirectory(context.env)
  return {
    data: { auto: auto ?? null, directory, engines: found.map(describeEngine) },
    text: [
      tableOf(working),
      '',
      ...found.flatMap(({ backend, probe }) =>
        probe.works ? [] : [`${backend}: ${probe.reason}. ${probe.fix}`],
      ),
      auto === undefined ? 'No engine works here.' : `--engine auto  takes ${auto}`,
    ].join('\n'),
  }
}

function tableOf(found: readonly EngineFinding[]): string {
  const rows = found
    .map(describeEngine)
    .map((engine) => [
      engine.name,
      engine.device ?? engine.library ?? 'comes with fednode',
      String(engine.samplesPerSecond),
      (engine.selfTestError ?? 0).toExponential(0),
    ])
  return textTable(['engine', 'on', 'samples/s', 'error'], rows, { textColumns: TEXT_COLUMNS })
}
