import { defineCommand } from '../../../framework/command.ts'
import { verifyArguments, verifyOptions } from './options.ts'

export const contribVerifyCommand = defineCommand({
  name: 'contrib verify',
  summary: 'recompute what rounds paid, and compare with the chain',
  example: 'fednode contrib verify --dir operator --data validation.csv',
  arguments: verifyArguments,
  options: verifyOptions,
  load: () => import('./handler.ts'),
})
