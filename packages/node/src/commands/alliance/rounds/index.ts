import { defineCommand } from '../../../framework/command.ts'
import { allianceArguments, allianceViewOptions } from '../../../options/alliance.ts'

export const allianceRoundsCommand = defineCommand({
  name: 'alliance rounds',
  summary: 'rounds of an alliance: who proposed, who voted what, and the verdict',
  example: 'fednode alliance rounds 1',
  arguments: allianceArguments,
  options: allianceViewOptions,
  load: () => import('./handler.ts'),
})
