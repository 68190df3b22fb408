import { required } from '../../../framework/option.ts'
import { decimalAmount } from '../../../framework/value-type.ts'
import { networkDeedOptions } from '../../../options/network-deed.ts'
import { taskName } from '../../../options/task-name.ts'

export const fundArguments = {
  task: required(taskName, 'the task: arena:3'),
  amount: required(decimalAmount, 'FDN to add'),
} as const

export const fundOptions = networkDeedOptions
