import { required } from '../../framework/option.ts'
import { integer } from '../../framework/value-type.ts'

/** Number of a listing. */
export const listingArgument = required(
  integer('LISTING', 1, Number.MAX_SAFE_INTEGER),
  'number of the listing (fednode models list)',
)
