import { defineCommand } from '../../../framework/command.ts'
import { liquidityArguments, liquidityOptions } from '../../../options/liquidity.ts'

export const marketAddLiquidityCommand = defineCommand({
  name: 'market add-liquidity',
  summary: 'bring all tokens of the pool in its proportions, and get pool shares',
  example:
    'fednode market add-liquidity 0x75537828f2ce51be7289709686a69cbfdbb714f1 500 --dir investor',
  arguments: liquidityArguments,
  options: liquidityOptions,
  load: () => import('./handler.ts'),
})
