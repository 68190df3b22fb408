import { defineCommand } from '../../../framework/command.ts'
import { addArguments, addOptions } from './options.ts'

export const stakeAddCommand = defineCommand({
  name: 'stake add',
  summary: 'stake tokens for a role in a task',
  example: 'fednode stake add 3000 --role validator --task arena:3 --dir validator',
  arguments: addArguments,
  options: addOptions,
  load: () => import('./handler.ts'),
})
