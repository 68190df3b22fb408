import { defineCommand } from '../../../framework/command.ts'
import { listArguments, listOptions } from './options.ts'

export const bountyListCommand = defineCommand({
  name: 'bounty list',
  summary: 'what somebody pays for, until when, and who proposed what',
  example: 'fednode bounty list --open',
  arguments: listArguments,
  options: listOptions,
  load: () => import('./handler.ts'),
})
