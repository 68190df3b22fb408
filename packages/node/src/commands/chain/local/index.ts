import { defineCommand } from '../../../framework/command.ts'
import { localOptions } from './options.ts'

export const chainLocalCommand = defineCommand({
  name: 'chain local',
  summary: 'run a chain on this machine with the contracts deployed, until Ctrl-C',
  example: 'fednode chain local',
  arguments: {},
  options: localOptions,
  output: 'stream',
  load: () => import('./handler.ts'),
})
