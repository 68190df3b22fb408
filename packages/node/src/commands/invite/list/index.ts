import { defineCommand } from '../../../framework/command.ts'
import { directoryOptions } from '../../../options/directory.ts'

export const inviteListCommand = defineCommand({
  name: 'invite list',
  summary: 'invites that this directory gave out, and which are still good',
  example: 'fednode invite list --dir aggregator',
  arguments: {},
  options: directoryOptions,
  load: () => import('./handler.ts'),
})
