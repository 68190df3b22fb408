import { defineCommand } from '../../../framework/command.ts'
import { openArguments, openOptions } from './options.ts'

export const marketOpenCommand = defineCommand({
  name: 'market open',
  summary: 'bring the seed currency and so open the pool',
  example: 'fednode market open 0x75537828f2ce51be7289709686a69cbfdbb714f1 --dir investor',
  arguments: openArguments,
  options: openOptions,
  load: () => import('./handler.ts'),
})
