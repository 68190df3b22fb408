import { defineCommand } from '../../../framework/command.ts'
import { listOptions } from './options.ts'

export const taskListCommand = defineCommand({
  name: 'task list',
  summary: 'tasks of the arena, the newest first',
  example: 'fednode task list --open',
  arguments: {},
  options: listOptions,
  load: () => import('./handler.ts'),
})
