import { defineCommand } from '../../../framework/command.ts'
import { buyArguments, buyOptions } from './options.ts'

export const modelsBuyCommand = defineCommand({
  name: 'models buy',
  summary: 'pay into the balance that predictions are paid from',
  example: 'fednode models buy 50 --dir clinic',
  arguments: buyArguments,
  options: buyOptions,
  load: () => import('./handler.ts'),
})
