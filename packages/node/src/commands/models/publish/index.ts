import { defineCommand } from '../../../framework/command.ts'
import { publishArguments, publishOptions } from './options.ts'

export const modelsPublishCommand = defineCommand({
  name: 'models publish',
  summary: 'offer a trained model at a price for one row',
  example: 'fednode models publish --price 0.01 --dir operator',
  arguments: publishArguments,
  options: publishOptions,
  load: () => import('./handler.ts'),
})
