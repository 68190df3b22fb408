import { defineCommand } from '../../../framework/command.ts'
import { commissionArguments, commissionOptions } from './options.ts'

export const stakeCommissionCommand = defineCommand({
  name: 'stake commission',
  summary: 'set what an operator keeps of what its delegators earn',
  example: 'fednode stake commission 1000 --role validator --task arena:3 --dir validator',
  arguments: commissionArguments,
  options: commissionOptions,
  load: () => import('./handler.ts'),
})
