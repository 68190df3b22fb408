import { defineCommand } from '../../framework/command.ts'
import { joinArguments, joinOptions } from './options.ts'

export const joinCommand = defineCommand({
  name: 'join',
  summary: 'take part in a federation, an alliance or a task with your rows: see the plan, consent',
  example: [
    'fednode join 0x9bd03768a7dcc129555de410ff8e85528a4f88b5 --data rows.csv --name hospital-a',
    'fednode join 1 --role alliance --manifest plan.yaml --stake 1100 --data rows.csv --name ann',
    'fednode join arena:3 --role arena-node --manifest task.yaml --stake 3300 --data rows.csv --name ann',
    'fednode join arena:3 --role arena-validator --manifest task.yaml --stake 3300 --data held-out.csv --name ben',
  ].join('\n'),
  arguments: joinArguments,
  options: joinOptions,
  output: 'stream',
  load: () => import('./handler.ts'),
})
