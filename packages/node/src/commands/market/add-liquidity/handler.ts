import type { Outcome } from '../../../framework/command.ts'
import type { Context } from '../../../framework/context.ts'
import { changeLiquidity, type LiquidityOptions, liquidityInit } from '../liquidity.ts'

export const init = liquidityInit

export function run(options: LiquidityOptions, context: Context): Promise<Outcome> {
  return changeLiquidity('add', options, context)
}
