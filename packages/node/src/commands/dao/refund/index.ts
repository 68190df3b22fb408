import { defineCommand } from '../../../framework/command.ts'
import { refundArguments, refundOptions } from './options.ts'

export const daoRefundCommand = defineCommand({
  name: 'dao refund',
  summary: 'send the stake of a proposal where its vote sends it',
  example: 'fednode dao refund 7051234567 --dir member',
  arguments: refundArguments,
  options: refundOptions,
  load: () => import('./handler.ts'),
})
