import { required } from '../framework/option.ts'
import type { ValueType } from '../framework/value-type.ts'
import { chainOptions } from './chain.ts'
import { networkOptions } from './network.ts'

const allianceNumber: ValueType<bigint> = {
  placeholder: 'ALLIANCE',
  expected: 'the number of an alliance, such as 1',
  parse: (value) => (/^[1-9]\d{0,14}$/.test(value) ? BigInt(value) : undefined),
}

/** The alliance that a command is about. */
export const allianceArguments = {
  alliance: required(allianceNumber, 'number of the alliance (fednode alliance list)'),
} as const

/** On commands that only look at one. */
export const allianceViewOptions = { ...chainOptions, ...networkOptions } as const
