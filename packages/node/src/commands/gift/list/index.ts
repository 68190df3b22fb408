import { defineCommand } from '../../../framework/command.ts'
import { listArguments, listOptions } from './options.ts'

export const giftListCommand = defineCommand({
  name: 'gift list',
  summary: 'what hosts share with their delegators, and how much of it is left',
  example: 'fednode gift list',
  arguments: listArguments,
  options: listOptions,
  load: () => import('./handler.ts'),
})
