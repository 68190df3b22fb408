import { defineCommand } from '../../../framework/command.ts'
import { statusArguments, statusOptions } from './options.ts'

export const rewardsStatusCommand = defineCommand({
  name: 'rewards status',
  summary:
    'the root of rewards that counts and the one that waits; with a table, whether they are its',
  example: 'fednode rewards status earned.csv',
  arguments: statusArguments,
  options: statusOptions,
  load: () => import('./handler.ts'),
})
