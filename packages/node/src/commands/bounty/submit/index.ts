import { defineCommand } from '../../../framework/command.ts'
import { submitArguments, submitOptions } from './options.ts'

export const bountySubmitCommand = defineCommand({
  name: 'bounty submit',
  summary: 'propose data or a model for a bounty, by the digest of its file',
  example: 'fednode bounty submit 1 rows.csv --dir hospital',
  arguments: submitArguments,
  options: submitOptions,
  load: () => import('./handler.ts'),
})
