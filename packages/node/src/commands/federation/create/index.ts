import { defineCommand } from '../../../framework/command.ts'
import { createArguments, createOptions } from './options.ts'

export const federationCreateCommand = defineCommand({
  name: 'federation create',
  summary: 'put a federation on the chain; you become its federator',
  example: 'fednode federation create federation.yaml --dir aggregator',
  arguments: createArguments,
  options: createOptions,
  load: () => import('./handler.ts'),
})
