import { defineCommand } from '../../../framework/command.ts'
import { createArguments, createOptions } from './options.ts'

export const taskCreateCommand = defineCommand({
  name: 'task create',
  summary:
    'pose a task of the arena: a manifest, how models are scored, for how long, for how much',
  example: 'fednode task create task.yaml --metric accuracy --rounds 3 --pot 3000 --dir creator',
  arguments: createArguments,
  options: createOptions,
  load: () => import('./handler.ts'),
})
