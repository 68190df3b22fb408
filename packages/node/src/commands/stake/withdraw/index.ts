import { defineCommand } from '../../../framework/command.ts'
import { withdrawArguments, withdrawOptions } from './options.ts'

export const stakeWithdrawCommand = defineCommand({
  name: 'stake withdraw',
  summary: 'start to take stake out, or be paid what has thawed',
  example: 'fednode stake withdraw 500 --role validator --task arena:3 --dir validator',
  arguments: withdrawArguments,
  options: withdrawOptions,
  load: () => import('./handler.ts'),
})
