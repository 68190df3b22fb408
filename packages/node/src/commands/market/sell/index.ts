import { defineCommand } from '../../../framework/command.ts'
import { tradeArguments, tradeOptions } from '../../../options/trade.ts'

export const marketSellCommand = defineCommand({
  name: 'market sell',
  summary: "sell a silo's token for currency",
  example:
    'fednode market sell 0x75537828f2ce51be7289709686a69cbfdbb714f1 hospital-a 50000 --dir investor',
  arguments: tradeArguments,
  options: tradeOptions,
  load: () => import('./handler.ts'),
})
