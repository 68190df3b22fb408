import type { NetworkCall } from '../actions/network/send-call.ts'
import type { Network } from '../reads/network/read-network.ts'
import type { ChainReader } from '../types.ts'

/**
 * What a parameter's number means: `seconds`; `bps`, ten-thousandths; `percent`; `tokens`, whole ones; `wei`, of tokens; `fixed`, 1e18 is
 * one; `count`.
 */
export type ParameterUnit = 'seconds' | 'bps' | 'percent' | 'tokens' | 'wei' | 'fixed' | 'count'

/** One number that governance may change, and what it may change it to. */
export type GovernedParameter = {
  /** Its contract and its own name: "stake.thawing". */
  readonly name: string
  readonly unit: ParameterUnit
  readonly value: bigint
  /** Hard bounds: the contract refuses anything else. */
  readonly min: bigint
  readonly max: bigint
  /** The call that changes it, which only the timelock may make. */
  readonly change: (value: bigint) => NetworkCall
  /** Where its contract takes several at once: which ones, its own name among them, and one call for some of them. */
  readonly group?: {
    readonly name: string
    readonly field: string
    readonly change: (values: Readonly<Record<string, bigint>>) => NetworkCall
  }
}

/** One parameter and what it is to be. */
export type ParameterChange = { readonly parameter: GovernedParameter; readonly value: bigint }

/** Reads the parameters of one contract. @throws what the reader's client throws. */
export type ParameterSource = (
  reader: ChainReader,
  network: Network,
) => Promise<readonly GovernedParameter[]>
