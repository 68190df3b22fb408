import { defineCommand } from '../../../framework/command.ts'
import { allianceArguments } from '../../../options/alliance.ts'
import { networkDeedOptions } from '../../../options/network-deed.ts'

export const allianceResignCommand = defineCommand({
  name: 'alliance resign',
  summary: 'leave an alliance: at once between rounds, otherwise when the next is opened',
  example: 'fednode alliance resign 1 --dir hospital-a',
  arguments: allianceArguments,
  options: networkDeedOptions,
  load: () => import('./handler.ts'),
})
