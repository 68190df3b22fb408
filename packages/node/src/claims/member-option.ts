import { optional } from '../framework/option.ts'
import { address } from '../framework/value-type.ts'

/** For whom something is claimed. */
export const memberOption = optional(address, 'of somebody else: anybody may have it paid')
