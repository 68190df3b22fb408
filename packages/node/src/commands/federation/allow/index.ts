import { defineCommand } from '../../../framework/command.ts'
import { allowArguments, allowOptions } from './options.ts'

export const federationAllowCommand = defineCommand({
  name: 'federation allow',
  summary: 'let accounts register where registration is not open',
  example:
    'fednode federation allow 0x9bd03768a7dcc129555de410ff8e85528a4f88b5 0x70997970c51812dc3a010c7d01b50e0d17dc79c8 --dir aggregator',
  arguments: allowArguments,
  options: allowOptions,
  load: () => import('./handler.ts'),
})
