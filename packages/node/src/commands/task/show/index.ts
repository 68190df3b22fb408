import { defineCommand } from '../../../framework/command.ts'
import { showArguments, showOptions } from './options.ts'

export const taskShowCommand = defineCommand({
  name: 'task show',
  summary: 'a task of the arena: its terms, its members, and what every round gave whom',
  example: 'fednode task show arena:3',
  arguments: showArguments,
  options: showOptions,
  load: () => import('./handler.ts'),
})
