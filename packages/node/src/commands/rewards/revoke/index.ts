import { defineCommand } from '../../../framework/command.ts'
import { revokeArguments, revokeOptions } from './options.ts'

export const rewardsRevokeCommand = defineCommand({
  name: 'rewards revoke',
  summary: 'take the root that waits away, as the guardian: it never counts',
  example: 'fednode rewards revoke --dir guardian',
  arguments: revokeArguments,
  options: revokeOptions,
  load: () => import('./handler.ts'),
})
