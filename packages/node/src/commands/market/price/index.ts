import { defineCommand } from '../../../framework/command.ts'
import { priceArguments, priceOptions } from './options.ts'

export const marketPriceCommand = defineCommand({
  name: 'market price',
  summary: "price and reserve of every silo's token",
  example: 'fednode market price 0x75537828f2ce51be7289709686a69cbfdbb714f1',
  arguments: priceArguments,
  options: priceOptions,
  load: () => import('./handler.ts'),
})
