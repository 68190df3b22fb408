import { defineCommand } from '../../../framework/command.ts'
import { refundArguments, refundOptions } from './options.ts'

export const bountyRefundCommand = defineCommand({
  name: 'bounty refund',
  summary: 'give the money of a bounty that was not awarded back to its sponsor',
  example: 'fednode bounty refund 1 --dir sponsor',
  arguments: refundArguments,
  options: refundOptions,
  load: () => import('./handler.ts'),
})
