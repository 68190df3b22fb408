import { defineCommand } from '../../../framework/command.ts'
import { claimArguments, claimOptions } from './options.ts'

export const rewardsClaimCommand = defineCommand({
  name: 'rewards claim',
  summary: 'pay an account what the present root gives it beyond what it was paid',
  example: 'fednode rewards claim earned.csv --dir node',
  arguments: claimArguments,
  options: claimOptions,
  load: () => import('./handler.ts'),
})
