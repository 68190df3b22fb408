import { defineCommand } from '../../../framework/command.ts'
import { relayRunOptions } from './options.ts'

export const relayRunCommand = defineCommand({
  name: 'relay run',
  summary: 'carry connections between peers that cannot reach each other; it cannot read them',
  example: 'fednode relay run --listen /ip4/0.0.0.0/tcp/4001 --dir relay',
  arguments: {},
  options: relayRunOptions,
  output: 'stream',
  load: () => import('./handler.ts'),
})
