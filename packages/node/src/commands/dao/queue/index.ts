import { defineCommand } from '../../../framework/command.ts'
import { queueArguments, queueOptions } from './options.ts'

export const daoQueueCommand = defineCommand({
  name: 'dao queue',
  summary: 'hand a proposal that has passed to the timelock',
  example: 'fednode dao queue 7051234567 --dir member',
  arguments: queueArguments,
  options: queueOptions,
  load: () => import('./handler.ts'),
})
