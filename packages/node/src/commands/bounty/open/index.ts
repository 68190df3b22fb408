import { defineCommand } from '../../../framework/command.ts'
import { openArguments, openOptions } from './options.ts'

export const bountyOpenCommand = defineCommand({
  name: 'bounty open',
  summary: 'put money on data or a model that you want',
  example: 'fednode bounty open wanted.md --kind data --amount 500 --days 30 --dir sponsor',
  arguments: openArguments,
  options: openOptions,
  load: () => import('./handler.ts'),
})
