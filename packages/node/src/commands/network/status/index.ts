import { defineCommand } from '../../../framework/command.ts'
import { journalOptions } from '../../../options/journal.ts'

export const networkStatusCommand = defineCommand({
  name: 'network status',
  summary: 'whom the running peer of this directory is connected to, and what is missing',
  example: 'fednode network status --dir silo',
  arguments: {},
  options: journalOptions,
  load: () => import('./handler.ts'),
})
