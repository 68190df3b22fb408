import { defineCommand } from '../../../framework/command.ts'
import { listOptions } from './options.ts'

export const daoListCommand = defineCommand({
  name: 'dao list',
  summary: 'proposals: what they change, votes, quorum, deadlines',
  example: 'fednode dao list',
  arguments: {},
  options: listOptions,
  load: () => import('./handler.ts'),
})
