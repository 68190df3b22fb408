import { defineCommand } from '../../../framework/command.ts'
import { activateArguments, activateOptions } from './options.ts'

export const rewardsActivateCommand = defineCommand({
  name: 'rewards activate',
  summary: 'let the root that waits count, after its delay; anybody may',
  example: 'fednode rewards activate --dir updater',
  arguments: activateArguments,
  options: activateOptions,
  load: () => import('./handler.ts'),
})
