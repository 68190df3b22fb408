import { defineCommand } from '../../../framework/command.ts'
import { proposeArguments, proposeOptions } from './options.ts'

export const daoProposeCommand = defineCommand({
  name: 'dao propose',
  summary: 'propose to change parameters, or any call by governance, with a stake',
  example: 'fednode dao propose stake.min-validator 4000 --why stronger --dir member',
  arguments: proposeArguments,
  options: proposeOptions,
  load: () => import('./handler.ts'),
})
