import { defineCommand } from '../../../framework/command.ts'
import { createArguments, createOptions } from './options.ts'

export const allianceCreateCommand = defineCommand({
  name: 'alliance create',
  summary: 'found an alliance: train one model without an aggregator, for a pool of rewards',
  example:
    'fednode alliance create federation.yaml --rounds 20 --pool 2000 --min-stake 1000 --dir founder',
  arguments: createArguments,
  options: createOptions,
  load: () => import('./handler.ts'),
})
