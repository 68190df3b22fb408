import { defineCommand } from '../../../framework/command.ts'
import { addLiquidityArguments, liquidityOptions } from '../../../options/liquidity.ts'

export const marketAddLiquidityCommand = defineCommand({
  name: 'market add-liquidity',
  summary: 'bring tokens into the pool, all in its proportions or one, and get pool shares',
  example:
    'fednode market add-liquidity 0x75537828f2ce51be7289709686a69cbfdbb714f1 500 --token CUR --dir investor',
  arguments: addLiquidityArguments,
  options: liquidityOptions,
  load: () => import('./handler.ts'),
})
