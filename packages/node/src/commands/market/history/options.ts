import { defaulted, optional, repeated, toggle } from '../../../framework/option.ts'
import { filePath, integer, text } from '../../../framework/value-type.ts'
import { chainOptions } from '../../../options/chain.ts'
import { contractOptions } from '../../../options/contracts.ts'
import { directoryOptions } from '../../../options/directory.ts'
import { since } from '../../../options/since.ts'
import { scenarioArgument } from '../../../options/target.ts'

export const historyArguments = { scenario: scenarioArgument } as const
export const historyOptions = {
  silo: repeated(text('NAME'), 'only this silo; may be given several times'),
  since: optional(since, 'only from then on: 30m, 24h, 7d, or a moment in UTC'),
  chart: toggle('draw the prices in the terminal'),
  svg: optional(filePath(), 'write the chart there as SVG; a file that is there is replaced'),
  fromBlock: defaulted(
    integer('BLOCK', 0, Number.MAX_SAFE_INTEGER),
    0,
    'block at or before the creation; makes the first look faster',
  ),
  ...directoryOptions,
  ...chainOptions,
  ...contractOptions,
} as const
