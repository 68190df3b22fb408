import { defineCommand } from '../../../framework/command.ts'
import { fundArguments, fundOptions } from './options.ts'

export const rewardsFundCommand = defineCommand({
  name: 'rewards fund',
  summary: 'add to what roots of rewards may give away',
  example: 'fednode rewards fund 1000 --dir updater',
  arguments: fundArguments,
  options: fundOptions,
  load: () => import('./handler.ts'),
})
