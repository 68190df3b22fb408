import { type Network, readGovernedParameters } from '@fednode/contracts'
import { openNetwork } from '../../../chain/open-network.ts'
import { parameterText, typedText, unitText } from '../../../chain/parameter-value.ts'
import type { Outcome } from '../../../framework/command.ts'
import type { ArgsOf } from '../../../framework/option.ts'
import { textTable } from '../../../framework/text-table.ts'
import { withReader } from '../../market/market.ts'
import type { paramsOptions } from './options.ts'

type Options = ArgsOf<typeof paramsOptions>

const HEADINGS = ['parameter', 'is', 'value', 'least', 'most', 'unit'] as const
const TEXT_COLUMNS = [0, 5]
/** Parameter whose value is how long the timelock waits; seconds. */
const DELAY = 'timelock.delay'

export function init(args: Options): Options {
  return args
}

export async function run(options: Options): Promise<Outcome> {
  return withReader(options, async (reader) => {
    const network = await openNetwork(reader, options)
    const parameters = await readGovernedParameters(reader, network)
    const rows = parameters.map(({ name, unit, value, min, max }) => [
      name,
      parameterText(value, unit),
      ...[value, min, max].map((one) => typedText(one, unit)),
      unitText(unit),
    ])
    const delay = parameters.find(({ name }) => name === DELAY)?.value ?? 0n
    return {
      data: {
        network: network.directory.toLowerCase(),
        // One and the same for all: no role of anybody else sets a number.
        changedBy: { role: 'governance', account: network.contracts.timelock.toLowerCase() },
        parameters: parameters.map(({ name, unit, value, min, max }) => ({
          name,
          unit,
          value,
          min,
          max,
        })),
      },
      text: [
        textTable(HEADINGS, rows, { textColumns: TEXT_COLUMNS }),
        '',
        ...changers(network, delay),
      ].join('\n'),
    }
  })
}

function changers({ contracts: { dao, timelock } }: Network, delay: bigint): readonly string[] {
  return [
    `Only a proposal changes them: the Dao ${dao.toLowerCase()} decides,`,
    `the timelock ${timelock.toLowerCase()} waits ${parameterText(delay, 'seconds')} and carries it out.`,
    'Next: fednode dao propose PARAMETER VALUE',
  ]
}
