import { defineCommand } from '../../../framework/command.ts'
import { modelArguments } from '../../../options/model.ts'
import { modelCardOptions } from './options.ts'

export const modelCardCommand = defineCommand({
  name: 'model card',
  summary: 'describe a trained model in Markdown: data, rounds, silos, digests, limits',
  example: 'fednode model card --dir operator --out MODEL.md',
  arguments: modelArguments,
  options: modelCardOptions,
  load: () => import('./handler.ts'),
})
