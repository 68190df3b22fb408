import { defineCommand } from '../../../framework/command.ts'
import { inviteCreateArguments, inviteCreateOptions } from './options.ts'

export const inviteCreateCommand = defineCommand({
  name: 'invite create',
  summary: 'one word that a silo gives to  fednode join  instead of addresses',
  example:
    'fednode invite create 0x9bd03768a7dcc129555de410ff8e85528a4f88b5 --expires 7d --dir aggregator',
  arguments: inviteCreateArguments,
  options: inviteCreateOptions,
  load: () => import('./handler.ts'),
})
