import { defineCommand } from '../../../framework/command.ts'
import { statusArguments, statusOptions } from './options.ts'

export const chainStatusCommand = defineCommand({
  name: 'chain status',
  summary: 'the chain, the account, and where a federation stands on it',
  example: 'fednode chain status 0x75537828f2ce51be7289709686a69cbfdbb714f1 --dir hospital-a',
  arguments: statusArguments,
  options: statusOptions,
  load: () => import('./handler.ts'),
})
