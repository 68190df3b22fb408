import { metricOfRule } from '@fednode/aggregator'
import { readTask, readTaskCount, type Task, taskIdOf } from '@fednode/contracts'
import { openNetwork } from '../../../chain/open-network.ts'
import type { Outcome } from '../../../framework/command.ts'
import { momentText } from '../../../framework/moment-text.ts'
import { amountText } from '../../../framework/number-text.ts'
import type { ArgsOf } from '../../../framework/option.ts'
import { textTable } from '../../../framework/text-table.ts'
import { withReader } from '../../market/market.ts'
import type { listOptions } from './options.ts'

type Options = ArgsOf<typeof listOptions>
type Listed = { readonly name: string; readonly task: Task }

const HEADINGS = ['task', 'phase', 'round', 'scored by', 'nodes', 'validators', 'pot', 'until']

export function init(args: Options): Options {
  return args
}

export async function run(options: Options): Promise<Outcome> {
  return withReader(options, async (reader) => {
    const { contracts, directory } = await openNetwork(reader, options)
    const { registry } = contracts
    const count = Number(await readTaskCount(reader, { registry }))
    const numbers = Array.from({ length: Math.min(count, options.last) }, (_, at) => count - at)
    const found = await Promise.all(
      numbers.map(async (number) => {
        const task = await readTask(reader, {
          registry,
          task: taskIdOf(registry, BigInt(number)),
        })
        return task === undefined ? [] : [{ name: `arena:${number}`, task }]
      }),
    )
    const shown = found.flat().filter(({ task }) => !options.open || task.phase !== 'finished')
    return {
      data: { network: directory.toLowerCase(), count, tasks: shown.map(dataOf) },
      text:
        shown.length === 0
          ? 'no tasks'
          : textTable(HEADINGS, shown.map(cellsOf), { textColumns: [0, 1, 3, 7] }),
    }
  })
}

function dataOf({ name, task }: Listed): object {
  const { creator, phase, round, terms, deadline, pot, nodes, validators } = task
  return {
    name,
    creator: creator.toLowerCase(),
    phase,
    round,
    rounds: terms.rounds,
    metric: metricOfRule(terms.evaluation) ?? null,
    nodes: nodes.length,
    validators: validators.length,
    pot,
    deadline,
  }
}

function cellsOf({ name, task }: Listed): readonly string[] {
  const { phase, round, terms, deadline, pot, nodes, validators } = task
  return [
    name,
    phase,
    `${round} of ${terms.rounds}`,
    metricOfRule(terms.evaluation) ?? 'unknown',
    String(nodes.length),
    String(validators.length),
    amountText(pot),
    phase === 'finished' ? '-' : momentText(BigInt(deadline)),
  ]
}
