import { defineCommand } from '../../../framework/command.ts'
import { updateArguments, updateOptions } from './options.ts'

export const modelsUpdateCommand = defineCommand({
  name: 'models update',
  summary: 'change the price of a listing, or end its sales',
  example: 'fednode models update 1 --price 0.02 --dir operator',
  arguments: updateArguments,
  options: updateOptions,
  load: () => import('./handler.ts'),
})
