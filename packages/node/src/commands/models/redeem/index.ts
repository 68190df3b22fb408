import { defineCommand } from '../../../framework/command.ts'
import { redeemArguments, redeemOptions } from './options.ts'

export const modelsRedeemCommand = defineCommand({
  name: 'models redeem',
  summary: 'turn the vouchers that were taken into money: redeem, share out, be paid',
  example: 'fednode models redeem --dir operator',
  arguments: redeemArguments,
  options: redeemOptions,
  load: () => import('./handler.ts'),
})
