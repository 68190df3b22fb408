import { defineCommand } from '../../../framework/command.ts'
import { showOptions } from './options.ts'

export const runShowCommand = defineCommand({
  name: 'run show',
  summary: 'rounds of a federation as this aggregator or silo journaled them',
  example: 'fednode run show --dir operator --round 3',
  arguments: {},
  options: showOptions,
  load: () => import('./handler.ts'),
})
