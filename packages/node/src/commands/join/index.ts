import { defineCommand } from '../../framework/command.ts'
import { joinArguments, joinOptions } from './options.ts'

export const joinCommand = defineCommand({
  name: 'join',
  summary: 'take part in a federation with your rows: see the plan, consent, train',
  example:
    'fednode join 0x9bd03768a7dcc129555de410ff8e85528a4f88b5 --data rows.csv --name hospital-a',
  arguments: joinArguments,
  options: joinOptions,
  output: 'stream',
  load: () => import('./handler.ts'),
})
