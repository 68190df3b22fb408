import { defineCommand } from '../../../framework/command.ts'
import { awardArguments, awardOptions } from './options.ts'

export const bountyAwardCommand = defineCommand({
  name: 'bounty award',
  summary: 'pay a bounty to one of its proposals, as its sponsor',
  example: 'fednode bounty award 1 0 --dir sponsor',
  arguments: awardArguments,
  options: awardOptions,
  load: () => import('./handler.ts'),
})
