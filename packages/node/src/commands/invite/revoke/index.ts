import { defineCommand } from '../../../framework/command.ts'
import { inviteRevokeArguments, inviteRevokeOptions } from './options.ts'

export const inviteRevokeCommand = defineCommand({
  name: 'invite revoke',
  summary: 'take back an invite for one account: the chain then refuses it',
  example: 'fednode invite revoke 5f0c1d2e --dir aggregator',
  arguments: inviteRevokeArguments,
  options: inviteRevokeOptions,
  load: () => import('./handler.ts'),
})
