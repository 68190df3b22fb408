import { defineCommand } from '../../../framework/command.ts'
import { withdrawArguments, withdrawOptions } from './options.ts'

export const rewardsWithdrawCommand = defineCommand({
  name: 'rewards withdraw',
  summary: 'fetch what the rewards owe the account: the bond of a challenge that was right',
  example: 'fednode rewards withdraw --dir watcher',
  arguments: withdrawArguments,
  options: withdrawOptions,
  load: () => import('./handler.ts'),
})
