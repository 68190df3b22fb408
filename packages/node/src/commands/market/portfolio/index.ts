import { defineCommand } from '../../../framework/command.ts'
import { portfolioArguments, portfolioOptions } from './options.ts'

export const marketPortfolioCommand = defineCommand({
  name: 'market portfolio',
  summary: 'what an account holds of one federation, and what it can claim',
  example: 'fednode market portfolio 0x75537828f2ce51be7289709686a69cbfdbb714f1 --dir investor',
  arguments: portfolioArguments,
  options: portfolioOptions,
  load: () => import('./handler.ts'),
})
