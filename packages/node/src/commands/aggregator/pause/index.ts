import { defineCommand } from '../../../framework/command.ts'
import { journalOptions } from '../../../options/journal.ts'

export const aggregatorPauseCommand = defineCommand({
  name: 'aggregator pause',
  summary: 'stop the aggregator before its next round; the current one is finished',
  example: 'fednode aggregator pause --dir aggregator',
  arguments: {},
  options: journalOptions,
  load: () => import('./handler.ts'),
})
