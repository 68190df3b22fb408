import { defineCommand } from '../../../framework/command.ts'
import { claimArguments, claimOptions } from './options.ts'

export const chainClaimCommand = defineCommand({
  name: 'chain claim',
  summary: 'collect the rewards of client tokens and pool shares',
  example: 'fednode chain claim 0x75537828f2ce51be7289709686a69cbfdbb714f1 --dir hospital-a',
  arguments: claimArguments,
  options: claimOptions,
  load: () => import('./handler.ts'),
})
