import { required } from '../framework/option.ts'
import { filePath } from '../framework/value-type.ts'

/** The table that a tree of claims is made of. */
export const amountsArgument = required(
  filePath(),
  'who gets how much: a table with the heading account,amount, amounts in whole tokens',
)
