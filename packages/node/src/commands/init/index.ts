import { defineCommand } from '../../framework/command.ts'
import { initOptions } from './options.ts'

export const initCommand = defineCommand({
  name: 'init',
  summary: 'create the keys and the configuration of one participant',
  example: 'fednode init --dir hospital-a --role silo',
  arguments: {},
  options: initOptions,
  load: () => import('./handler.ts'),
})
