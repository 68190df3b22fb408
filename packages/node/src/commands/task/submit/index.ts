import { defineCommand } from '../../../framework/command.ts'
import { submitArguments, submitOptions } from './options.ts'

export const taskSubmitCommand = defineCommand({
  name: 'task submit',
  summary: 'submit a model that was trained elsewhere, in place of your last one',
  example: 'fednode task submit arena:3 --model model.safetensors --manifest task.yaml --dir node',
  arguments: submitArguments,
  options: submitOptions,
  load: () => import('./handler.ts'),
})
