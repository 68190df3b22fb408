import { defineCommand } from '../../../framework/command.ts'
import { showArguments, showOptions } from './options.ts'

export const federationShowCommand = defineCommand({
  name: 'federation show',
  summary: 'say in plain words what a manifest means',
  example: 'fednode federation show federation.yaml',
  arguments: showArguments,
  options: showOptions,
  load: () => import('./handler.ts'),
})
