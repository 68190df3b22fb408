import { defineCommand } from '../../../framework/command.ts'
import { aggregatorRunArguments, aggregatorRunOptions } from './options.ts'

export const aggregatorRunCommand = defineCommand({
  name: 'aggregator run',
  summary: 'run a federation: open rounds, average, value contributions, anchor and pay',
  example:
    'fednode aggregator run --scenario 0x9bd03768a7dcc129555de410ff8e85528a4f88b5 --data validation.csv --dir aggregator',
  arguments: aggregatorRunArguments,
  options: aggregatorRunOptions,
  output: 'stream',
  load: () => import('./handler.ts'),
})
