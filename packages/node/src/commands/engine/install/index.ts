import { defineCommand } from '../../../framework/command.ts'
import { engineInstallArguments, engineInstallOptions } from './options.ts'

export const engineInstallCommand = defineCommand({
  name: 'engine install',
  summary: 'fetch an engine that does not come with fednode, build its binding, test it',
  example: 'fednode engine install tfjs-node',
  arguments: engineInstallArguments,
  options: engineInstallOptions,
  load: () => import('./handler.ts'),
})
