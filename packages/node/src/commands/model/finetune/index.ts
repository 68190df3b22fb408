import { defineCommand } from '../../../framework/command.ts'
import { modelArguments } from '../../../options/model.ts'
import { modelFinetuneOptions } from './options.ts'

export const modelFinetuneCommand = defineCommand({
  name: 'model finetune',
  summary: 'train a model further on rows of one’s own; nothing leaves this machine',
  example: 'fednode model finetune --dir north --data north.csv --out north.safetensors',
  arguments: modelArguments,
  options: modelFinetuneOptions,
  load: () => import('./handler.ts'),
})
