import { defineCommand } from '../../../framework/command.ts'
import { undelegateArguments, undelegateOptions } from './options.ts'

export const stakeUndelegateCommand = defineCommand({
  name: 'stake undelegate',
  summary: 'start to take a delegation out',
  example:
    'fednode stake undelegate 50 --operator 0x75537828f2ce51be7289709686a69cbfdbb714f1 --role validator --task arena:3 --dir investor',
  arguments: undelegateArguments,
  options: undelegateOptions,
  load: () => import('./handler.ts'),
})
