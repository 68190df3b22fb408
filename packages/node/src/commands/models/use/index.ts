import { defineCommand } from '../../../framework/command.ts'
import { useArguments, useOptions } from './options.ts'

export const modelsUseCommand = defineCommand({
  name: 'models use',
  summary: 'have a provider predict rows of a file, paid by vouchers',
  example:
    'fednode models use 1 --provider /dns4/fl.example.org/tcp/4001/p2p/12D3KooWD3eckifWpRn9wQpMG9R9hX3sD158z7EqHWmweQAJU5SA --data new.csv --out predictions.csv --max 5 --dir clinic',
  arguments: useArguments,
  options: useOptions,
  load: () => import('./handler.ts'),
})
