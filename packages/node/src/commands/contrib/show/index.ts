import { defineCommand } from '../../../framework/command.ts'
import { showOptions } from '../../run/show/options.ts'

export const contribShowCommand = defineCommand({
  name: 'contrib show',
  summary: 'what each silo contributed, by round and in all',
  example: 'fednode contrib show --dir operator --round 3',
  arguments: {},
  options: showOptions,
  load: () => import('./handler.ts'),
})
