import { defineCommand } from '../../../framework/command.ts'
import { journalOptions } from '../../../options/journal.ts'

export const aggregatorStatusCommand = defineCommand({
  name: 'aggregator status',
  summary: 'where an aggregator stands, also while it runs',
  example: 'fednode aggregator status --dir aggregator',
  arguments: {},
  options: journalOptions,
  load: () => import('./handler.ts'),
})
