import { defineCommand } from '../../../framework/command.ts'
import { auditVerifyOptions } from './options.ts'

export const auditVerifyCommand = defineCommand({
  name: 'audit verify',
  summary: 'whether the log of what left this silo is whole: nothing changed, nothing removed',
  example: 'fednode audit verify --dir silo-a',
  arguments: {},
  options: auditVerifyOptions,
  load: () => import('./handler.ts'),
})
