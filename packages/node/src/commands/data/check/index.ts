import { defineCommand } from '../../../framework/command.ts'
import { dataCheckArguments, dataCheckOptions } from './options.ts'

export const dataCheckCommand = defineCommand({
  name: 'data check',
  summary: 'check rows against a manifest; nothing leaves this machine',
  example: 'fednode data check rows.csv --manifest federation.yaml',
  arguments: dataCheckArguments,
  options: dataCheckOptions,
  load: () => import('./handler.ts'),
})
