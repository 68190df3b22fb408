import { defineCommand } from '../../../framework/command.ts'
import { allianceArguments, allianceViewOptions } from '../../../options/alliance.ts'

export const allianceStatusCommand = defineCommand({
  name: 'alliance status',
  summary: 'where an alliance is: phase, round, participants with their stakes, pool',
  example: 'fednode alliance status 1',
  arguments: allianceArguments,
  options: allianceViewOptions,
  load: () => import('./handler.ts'),
})
