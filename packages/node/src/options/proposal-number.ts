import { required } from '../framework/option.ts'
import type { ValueType } from '../framework/value-type.ts'

/** Number of a proposal or its first digits, kept as text. */
const proposalNumber: ValueType<string> = {
  placeholder: 'PROPOSAL',
  expected: 'the number of a proposal, or its first digits (at least 4)',
  parse: (value) => (/^\d{4,78}$/.test(value) ? value : undefined),
}

/** The proposal that a command is about. */
export const proposalArgument = required(proposalNumber, 'its number, or the first digits')
