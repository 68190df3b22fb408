import { defineCommand } from '../../../framework/command.ts'
import { liquidityOptions, removeLiquidityArguments } from '../../../options/liquidity.ts'

export const marketRemoveLiquidityCommand = defineCommand({
  name: 'market remove-liquidity',
  summary: "give pool shares back, and get all tokens in the pool's proportions, or one",
  example:
    'fednode market remove-liquidity 0x75537828f2ce51be7289709686a69cbfdbb714f1 500 --dir investor',
  arguments: removeLiquidityArguments,
  options: liquidityOptions,
  load: () => import('./handler.ts'),
})
