import { defineCommand } from '../../../framework/command.ts'
import { runOptions } from '../../../options/run.ts'

export const auditExportCommand = defineCommand({
  name: 'audit export',
  summary: 'what left this silo, for the data-protection officer: CSV, or JSON with --json',
  example: 'fednode audit export --dir silo-a',
  arguments: {},
  options: runOptions,
  load: () => import('./handler.ts'),
})
