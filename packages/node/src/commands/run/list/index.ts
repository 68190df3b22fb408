import { defineCommand } from '../../../framework/command.ts'
import { directoryOptions } from '../../../options/directory.ts'

export const runListCommand = defineCommand({
  name: 'run list',
  summary:
    'federations, alliances and tasks that this directory served or took part in, and how far they came',
  example: 'fednode run list --dir operator',
  arguments: {},
  options: directoryOptions,
  load: () => import('./handler.ts'),
})
