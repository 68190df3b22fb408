import { defineCommand } from '../../../framework/command.ts'
import { executeArguments, executeOptions } from './options.ts'

export const daoExecuteCommand = defineCommand({
  name: 'dao execute',
  summary: 'carry out a proposal that has waited',
  example: 'fednode dao execute 7051234567 --dir member',
  arguments: executeArguments,
  options: executeOptions,
  load: () => import('./handler.ts'),
})
