import { dataError } from './data-error.ts'

/** A column that the author has to name. @param flags - what says it on the command line. */
export function missingWish(what: string, flags: string) {
  return dataError('DATA_MISSING_COLUMN', what, { hint: `Give  ${flags}.` })
}
