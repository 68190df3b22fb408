import { defineCommand } from '../../../framework/command.ts'
import { withdrawArguments, withdrawOptions } from './options.ts'

export const modelsWithdrawCommand = defineCommand({
  name: 'models withdraw',
  summary: 'announce a withdrawal of prepaid balance; without AMOUNT be paid what was announced',
  example: 'fednode models withdraw 20 --dir clinic',
  arguments: withdrawArguments,
  options: withdrawOptions,
  load: () => import('./handler.ts'),
})
