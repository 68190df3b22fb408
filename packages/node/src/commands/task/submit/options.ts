import { optional, required } from '../../../framework/option.ts'
import { filePath, type ValueType } from '../../../framework/value-type.ts'
import { networkDeedOptions } from '../../../options/network-deed.ts'
import { taskName } from '../../../options/task-name.ts'

const digest: ValueType<`0x${string}`> = {
  placeholder: '0xDIGEST',
  expected: 'a digest (0x and 64 hex digits)',
  parse: (value) =>
    /^0x[0-9a-fA-F]{64}$/.test(value) ? `0x${value.slice(2).toLowerCase()}` : undefined,
}

export const submitArguments = { task: required(taskName, 'the task: arena:3') } as const

export const submitOptions = {
  model: required(filePath(), 'weights of the model (.safetensors)'),
  manifest: required(filePath(), "the task's manifest, as its creator has it"),
  digest: optional(digest, 'refuse to submit a model of any other digest'),
  ...networkDeedOptions,
} as const
