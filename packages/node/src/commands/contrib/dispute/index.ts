import { defineCommand } from '../../../framework/command.ts'
import { disputeArguments, disputeOptions } from './options.ts'

export const contribDisputeCommand = defineCommand({
  name: 'contrib dispute',
  summary: 'stake on it that the anchored shares of a round are wrong',
  example:
    'fednode contrib dispute 0x1234567890123456789012345678901234567890 --round 3 --data validation.csv',
  arguments: disputeArguments,
  options: disputeOptions,
  load: () => import('./handler.ts'),
})
