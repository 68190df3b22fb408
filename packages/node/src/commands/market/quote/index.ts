import { defineCommand } from '../../../framework/command.ts'
import { quoteArguments, quoteOptions } from './options.ts'

export const marketQuoteCommand = defineCommand({
  name: 'market quote',
  summary: 'what the pool would give now; sends nothing, needs no keys',
  example: 'fednode market quote 0x75537828f2ce51be7289709686a69cbfdbb714f1 buy hospital-a 200',
  arguments: quoteArguments,
  options: quoteOptions,
  load: () => import('./handler.ts'),
})
