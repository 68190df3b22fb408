import { defineCommand } from '../../../framework/command.ts'
import { claimArguments, claimOptions } from './options.ts'

export const taskClaimCommand = defineCommand({
  name: 'task claim',
  summary:
    'pay what a member has earned, as far as it has vested, to its position; free its stake once the task has finished',
  example: 'fednode task claim arena:3 --dir node',
  arguments: claimArguments,
  options: claimOptions,
  load: () => import('./handler.ts'),
})
