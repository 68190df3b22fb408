import { defineCommand } from '../../../framework/command.ts'
import { publishArguments, publishOptions } from './options.ts'

export const rewardsPublishCommand = defineCommand({
  name: 'rewards publish',
  summary:
    'submit the root of what everybody has earned so far, as the updater; it waits before it counts',
  example: 'fednode rewards publish earned.csv --dir updater',
  arguments: publishArguments,
  options: publishOptions,
  load: () => import('./handler.ts'),
})
