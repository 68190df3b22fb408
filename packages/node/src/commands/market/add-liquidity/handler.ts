import path from 'node:path'
import type { Outcome } from '../../../framework/command.ts'
import type { Context } from '../../../framework/context.ts'
import {
  changeLiquidity,
  type LiquidityArgs,
  type LiquidityOptions,
  liquidityInit,
} from '../liquidity.ts'

export function init(args: LiquidityArgs, { cwd }: Context): LiquidityOptions {
  return liquidityInit(args, path.resolve(cwd, args.dir))
}

export function run(options: LiquidityOptions, context: Context): Promise<Outcome> {
  return changeLiquidity('add', options, context)
}
