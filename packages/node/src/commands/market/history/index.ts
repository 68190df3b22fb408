import { defineCommand } from '../../../framework/command.ts'
import { historyArguments, historyOptions } from './options.ts'

export const marketHistoryCommand = defineCommand({
  name: 'market history',
  summary: "what every silo's token cost over time, with its trades; needs no keys",
  example: 'fednode market history 0x75537828f2ce51be7289709686a69cbfdbb714f1 --chart --since 24h',
  arguments: historyArguments,
  options: historyOptions,
  load: () => import('./handler.ts'),
})
