import { defineCommand } from '../../../framework/command.ts'
import { tradeArguments, tradeOptions } from '../../../options/trade.ts'

export const marketBuyCommand = defineCommand({
  name: 'market buy',
  summary: "spend currency on a silo's token",
  example:
    'fednode market buy 0x75537828f2ce51be7289709686a69cbfdbb714f1 hospital-a 200 --dir investor',
  arguments: tradeArguments,
  options: tradeOptions,
  load: () => import('./handler.ts'),
})
