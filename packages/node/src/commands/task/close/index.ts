import { defineCommand } from '../../../framework/command.ts'
import { closeArguments, closeOptions } from './options.ts'

export const taskCloseCommand = defineCommand({
  name: 'task close',
  summary: 'close a task that has finished: what is left goes back, and its stake is free',
  example: 'fednode task close arena:3 --dir creator',
  arguments: closeArguments,
  options: closeOptions,
  load: () => import('./handler.ts'),
})
