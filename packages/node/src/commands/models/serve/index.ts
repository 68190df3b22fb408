import { defineCommand } from '../../../framework/command.ts'
import { serveArguments, serveOptions } from './options.ts'

export const modelsServeCommand = defineCommand({
  name: 'models serve',
  summary: 'answer predictions of a listed model for vouchers, and redeem them in time',
  example: 'fednode models serve 1 --listen /ip4/0.0.0.0/tcp/4001 --dir operator',
  arguments: serveArguments,
  options: serveOptions,
  output: 'stream',
  load: () => import('./handler.ts'),
})
