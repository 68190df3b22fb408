import { defineCommand } from '../../../framework/command.ts'
import { beaconRunOptions } from './options.ts'

export const beaconRunCommand = defineCommand({
  name: 'beacon run',
  summary: 'sign the rounds of a local network’s beacon, which roles are drawn by',
  example: 'fednode beacon run --dir founder',
  arguments: {},
  options: beaconRunOptions,
  output: 'stream',
  load: () => import('./handler.ts'),
})
