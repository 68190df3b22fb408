import { defineCommand } from '../../../framework/command.ts'
import { fundArguments, fundOptions } from './options.ts'

export const modelsFundCommand = defineCommand({
  name: 'models fund',
  summary:
    "pay a Scenario its part of a listing's sales, into its next round; to the owner once it has none",
  example: 'fednode models fund 1 --dir operator',
  arguments: fundArguments,
  options: fundOptions,
  load: () => import('./handler.ts'),
})
