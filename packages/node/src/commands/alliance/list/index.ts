import { defineCommand } from '../../../framework/command.ts'
import { listArguments, listOptions } from './options.ts'

export const allianceListCommand = defineCommand({
  name: 'alliance list',
  summary: 'alliances of a network, the latest first: phase, participants, least stake, pool',
  example: 'fednode alliance list --open',
  arguments: listArguments,
  options: listOptions,
  load: () => import('./handler.ts'),
})
