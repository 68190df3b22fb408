import { required } from '../../../framework/option.ts'
import { networkDeedOptions } from '../../../options/network-deed.ts'
import { taskName } from '../../../options/task-name.ts'

export const closeArguments = { task: required(taskName, 'the task: arena:3') } as const
export const closeOptions = networkDeedOptions
