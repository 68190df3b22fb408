import { defineCommand } from '../../../framework/command.ts'
import { federationInitOptions } from './options.ts'

export const federationInitCommand = defineCommand({
  name: 'federation init',
  summary: 'write a first manifest from a data file',
  example: 'fednode federation init --data rows.csv --label outcome --silos hospital',
  arguments: {},
  options: federationInitOptions,
  load: () => import('./handler.ts'),
})
