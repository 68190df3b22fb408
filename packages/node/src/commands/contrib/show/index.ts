import { defineCommand } from '../../../framework/command.ts'
import { contribShowOptions } from './options.ts'

export const contribShowCommand = defineCommand({
  name: 'contrib show',
  summary: 'what each silo contributed and is paid, by round and in all, and where it is heading',
  example: 'fednode contrib show --dir operator --silo silo-a --chart',
  arguments: {},
  options: contribShowOptions,
  load: () => import('./handler.ts'),
})
