import { defineCommand } from '../../../framework/command.ts'
import { listArguments, listOptions } from './options.ts'

export const modelsListCommand = defineCommand({
  name: 'models list',
  summary: 'models that are sold by use: price, shares, what buyers say',
  example: 'fednode models list',
  arguments: listArguments,
  options: listOptions,
  load: () => import('./handler.ts'),
})
