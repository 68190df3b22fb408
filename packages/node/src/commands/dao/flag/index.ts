import { defineCommand } from '../../../framework/command.ts'
import { flagArguments, flagOptions } from './options.ts'

export const daoFlagCommand = defineCommand({
  name: 'dao flag',
  summary: 'call a proposal a scam, or end the vote on one',
  example: 'fednode dao flag 7051234567 --dir member',
  arguments: flagArguments,
  options: flagOptions,
  load: () => import('./handler.ts'),
})
