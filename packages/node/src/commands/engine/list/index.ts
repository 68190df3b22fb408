import { defineCommand } from '../../../framework/command.ts'
import { engineListOptions } from './options.ts'

export const engineListCommand = defineCommand({
  name: 'engine list',
  summary: 'what can train here, how fast, and why the others cannot',
  example: 'fednode engine list',
  arguments: {},
  options: engineListOptions,
  load: () => import('./handler.ts'),
})
