import { chainOptions } from '../../../options/chain.ts'
import { contractOptions } from '../../../options/contracts.ts'
import { directoryOptions } from '../../../options/directory.ts'
import { scenarioArgument } from '../../../options/target.ts'

export const priceArguments = { scenario: scenarioArgument } as const
export const priceOptions = { ...directoryOptions, ...chainOptions, ...contractOptions } as const
