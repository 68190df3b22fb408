import { required } from '../../../framework/option.ts'
import { chainOptions } from '../../../options/chain.ts'
import { networkOptions } from '../../../options/network.ts'
import { taskName } from '../../../options/task-name.ts'

export const showArguments = { task: required(taskName, 'the task: arena:3') } as const
export const showOptions = { ...chainOptions, ...networkOptions } as const
