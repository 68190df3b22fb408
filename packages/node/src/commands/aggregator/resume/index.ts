import { defineCommand } from '../../../framework/command.ts'
import { journalOptions } from '../../../options/journal.ts'

export const aggregatorResumeCommand = defineCommand({
  name: 'aggregator resume',
  summary: 'let a paused aggregator go on',
  example: 'fednode aggregator resume --dir aggregator',
  arguments: {},
  options: journalOptions,
  load: () => import('./handler.ts'),
})
