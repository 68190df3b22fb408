import { defineCommand } from '../../../framework/command.ts'
import { transferArguments, transferOptions } from './options.ts'

export const chainTransferCommand = defineCommand({
  name: 'chain transfer',
  summary: 'send currency, client tokens or pool shares to another account',
  example:
    'fednode chain transfer 0x75537828f2ce51be7289709686a69cbfdbb714f1 hospital-a 500 --to 0x70997970C51812dc3A010C7d01b50e0d17dc79C8 --dir investor',
  arguments: transferArguments,
  options: transferOptions,
  load: () => import('./handler.ts'),
})
