import { MAX_ROUNDS } from '@fednode/protocol'
import { optional, toggle } from '../../../framework/option.ts'
import { address, choice, filePath, integer } from '../../../framework/value-type.ts'
import { comparedChainOptions } from '../../../options/chain.ts'
import { contractOptions } from '../../../options/contracts.ts'
import { directoryOptions } from '../../../options/directory.ts'

export const verifyArguments = {
  scenario: optional(address, 'address of the Scenario (default: the only one in --dir)'),
} as const

/** With what a round is made again. */
export const recomputeOptions = {
  data: optional(filePath(), 'the held-out rows (default: where the aggregator had them)'),
  engine: optional(
    choice('ENGINE', ['wasm', 'cpu']),
    'what to compute on: wasm, cpu (default: as the round was; another one is compared with tolerance)',
  ),
} as const

export const verifyOptions = {
  round: optional(integer('ROUND', 1, MAX_ROUNDS), 'only this round'),
  ...recomputeOptions,
  offline: toggle('ask neither the chain nor any peer: only what is in --dir'),
  ...directoryOptions,
  ...comparedChainOptions,
  ...contractOptions,
} as const
