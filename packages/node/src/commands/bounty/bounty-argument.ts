import { required } from '../../framework/option.ts'
import { integer } from '../../framework/value-type.ts'

/** Number of a bounty. */
export const bountyArgument = required(
  integer('BOUNTY', 1, Number.MAX_SAFE_INTEGER),
  'number of the bounty (fednode bounty list)',
)
