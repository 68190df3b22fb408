import { defineCommand } from '../../framework/command.ts'
import { doctorArguments, doctorOptions } from './options.ts'

export const doctorCommand = defineCommand({
  name: 'doctor',
  summary: 'what on this machine and its network keeps it from taking part, and the fix',
  example: 'fednode doctor 0x9bd03768a7dcc129555de410ff8e85528a4f88b5 --data rows.csv --dir silo',
  arguments: doctorArguments,
  options: doctorOptions,
  load: () => import('./handler.ts'),
})
