import { defineCommand } from '../../../framework/command.ts'
import { fundOptions } from './options.ts'

export const chainFundCommand = defineCommand({
  name: 'chain fund',
  summary: 'give a participant play money; on the local chain only',
  example: 'fednode chain fund --dir hospital-a --amount 500',
  arguments: {},
  options: fundOptions,
  load: () => import('./handler.ts'),
})
