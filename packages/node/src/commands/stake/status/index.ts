import { defineCommand } from '../../../framework/command.ts'
import { statusOptions } from './options.ts'

export const stakeStatusCommand = defineCommand({
  name: 'stake status',
  summary: 'own positions and delegations: stake, what thaws, earnings, slashes',
  example: 'fednode stake status --dir validator',
  arguments: {},
  options: statusOptions,
  load: () => import('./handler.ts'),
})
