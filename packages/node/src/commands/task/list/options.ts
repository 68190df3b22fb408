import { defaulted, toggle } from '../../../framework/option.ts'
import { integer } from '../../../framework/value-type.ts'
import { chainOptions } from '../../../options/chain.ts'
import { networkOptions } from '../../../options/network.ts'

const MAX_TASKS = 1_000

export const listOptions = {
  open: toggle('only tasks that have not finished'),
  last: defaulted(integer('N', 1, MAX_TASKS), 20, 'look at so many of the newest tasks'),
  ...chainOptions,
  ...networkOptions,
} as const
