import { optional, repeated, toggle } from '../../../framework/option.ts'
import { text } from '../../../framework/value-type.ts'
import { networkDeedOptions } from '../../../options/network-deed.ts'

export const proposeArguments = {
  parameter: optional(text('PARAMETER'), 'name as in fednode dao params'),
  value: optional(text('VALUE'), 'what it should be, in its unit'),
} as const
export const proposeOptions = {
  change: repeated(text('PARAMETER=VALUE'), 'another parameter, in the same proposal'),
  call: repeated(
    text('CALL'),
    'any call of a contract, after the changes: taskEmission.addTask(arena:3), token.transfer(0x…, 5e18); elsewhere with types: 0x….f(uint256)(5)',
  ),
  why: optional(text('TEXT'), 'what voters should know'),
  untried: toggle('propose though a call would fail as things are now'),
  ...networkDeedOptions,
} as const
