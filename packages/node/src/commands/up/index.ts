import { defineCommand } from '../../framework/command.ts'
import { upArguments, upOptions } from './options.ts'

export const upCommand = defineCommand({
  name: 'up',
  summary:
    'run a whole federation, or a network, on this machine: chain, aggregator, silos, market',
  example: 'fednode up\nfednode up --network',
  arguments: upArguments,
  options: upOptions,
  load: () => import('./handler.ts'),
})
