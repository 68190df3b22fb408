import { defineCommand } from '../../../framework/command.ts'
import { voteArguments, voteOptions } from './options.ts'

export const daoVoteCommand = defineCommand({
  name: 'dao vote',
  summary: 'vote on a proposal, once',
  example: 'fednode dao vote 7051234567 for --dir member',
  arguments: voteArguments,
  options: voteOptions,
  load: () => import('./handler.ts'),
})
