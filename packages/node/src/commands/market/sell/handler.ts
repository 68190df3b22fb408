import path from 'node:path'
import type { Outcome } from '../../../framework/command.ts'
import type { Context } from '../../../framework/context.ts'
import { type TradeArgs, type TradeOptions, trade, tradeInit } from '../trade.ts'

export function init(args: TradeArgs, { cwd }: Context): TradeOptions {
  return tradeInit(args, path.resolve(cwd, args.dir))
}

export function run(options: TradeOptions, context: Context): Promise<Outcome> {
  return trade('sell', options, context)
}
