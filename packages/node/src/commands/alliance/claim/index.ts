import { defineCommand } from '../../../framework/command.ts'
import { allianceArguments } from '../../../options/alliance.ts'
import { claimOptions } from './options.ts'

export const allianceClaimCommand = defineCommand({
  name: 'alliance claim',
  summary: 'pay what a participant earned to its position; its node does so when the alliance ends',
  example: 'fednode alliance claim 1 --dir hospital-a',
  arguments: allianceArguments,
  options: claimOptions,
  load: () => import('./handler.ts'),
})
