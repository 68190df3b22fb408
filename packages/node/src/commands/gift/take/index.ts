import { defineCommand } from '../../../framework/command.ts'
import { takeArguments, takeOptions } from './options.ts'

export const giftTakeCommand = defineCommand({
  name: 'gift take',
  summary: 'have a part of a gift handed out, once; anybody may for anybody',
  example: 'fednode gift take 1 parts.csv --dir delegator',
  arguments: takeArguments,
  options: takeOptions,
  load: () => import('./handler.ts'),
})
