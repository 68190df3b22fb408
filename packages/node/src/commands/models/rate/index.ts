import { defineCommand } from '../../../framework/command.ts'
import { rateArguments, rateOptions } from './options.ts'

export const modelsRateCommand = defineCommand({
  name: 'models rate',
  summary: 'rate a model that you paid for, once an epoch',
  example: 'fednode models rate 1 5 --dir clinic',
  arguments: rateArguments,
  options: rateOptions,
  load: () => import('./handler.ts'),
})
