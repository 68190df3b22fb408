import { defineCommand } from '../../../framework/command.ts'
import { delegateOptions } from './options.ts'

export const daoDelegateCommand = defineCommand({
  name: 'dao delegate',
  summary: 'let own tokens vote: oneself, or somebody else for them',
  example: 'fednode dao delegate --dir member',
  arguments: {},
  options: delegateOptions,
  load: () => import('./handler.ts'),
})
