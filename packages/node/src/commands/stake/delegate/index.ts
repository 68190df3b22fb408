import { defineCommand } from '../../../framework/command.ts'
import { delegateArguments, delegateOptions } from './options.ts'

export const stakeDelegateCommand = defineCommand({
  name: 'stake delegate',
  summary: "add to another operator's stake and share what it earns",
  example:
    'fednode stake delegate 100 --operator 0x75537828f2ce51be7289709686a69cbfdbb714f1 --role validator --task arena:3 --dir investor',
  arguments: delegateArguments,
  options: delegateOptions,
  load: () => import('./handler.ts'),
})
