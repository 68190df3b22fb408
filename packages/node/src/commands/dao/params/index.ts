import { defineCommand } from '../../../framework/command.ts'
import { paramsOptions } from './options.ts'

export const daoParamsCommand = defineCommand({
  name: 'dao params',
  summary: 'every parameter that governance may change, and its bounds',
  example: 'fednode dao params',
  arguments: {},
  options: paramsOptions,
  load: () => import('./handler.ts'),
})
