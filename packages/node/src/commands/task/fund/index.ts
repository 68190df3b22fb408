import { defineCommand } from '../../../framework/command.ts'
import { fundArguments, fundOptions } from './options.ts'

export const taskFundCommand = defineCommand({
  name: 'task fund',
  summary: 'add to the pot of a task that has not finished',
  example: 'fednode task fund arena:3 1000 --dir creator',
  arguments: fundArguments,
  options: fundOptions,
  load: () => import('./handler.ts'),
})
