import { optional, required } from '../../../framework/option.ts'
import { address } from '../../../framework/value-type.ts'
import { networkDeedOptions } from '../../../options/network-deed.ts'
import { taskName } from '../../../options/task-name.ts'

export const claimArguments = { task: required(taskName, 'the task: arena:3') } as const

export const claimOptions = {
  member: optional(address, 'of another member: anybody may have it paid'),
  ...networkDeedOptions,
} as const
