import {
  type Address,
  BaseError,
  type Hex,
  type Log,
  MethodNotFoundRpcError,
  MethodNotSupportedRpcError,
} from 'viem'
import { ChainError } from '../chain-error.ts'
import type { ChainAccount } from '../types.ts'

/** A call with somebody to answer it. */
export type TargetedCall = { readonly to: Address; readonly data: Hex }

/** A contract that is put where none is. */
export type PlacedCode = { readonly address: Address; readonly code: Hex }

/** Where simulated calls start; `time` is that block's, in Unix seconds. */
export type SimulationBase = { readonly time: bigint } & (
  | { readonly blockNumber: bigint }
  | { readonly blockTag: 'pending'; readonly blockNumber?: never }
)

/** What the last of some calls did. */
export type SimulatedAnswer = {
  readonly data: Hex
  readonly gasUsed: bigint
  readonly logs: Log<bigint, number, false>[]
  readonly blockNumber: bigint
}

/**
 * What the last of some calls of an account does after the ones before it, by eth_simulateV1. Nothing is sent.
 * @param of - `calls`: at least one; `placed`: contracts to be there from the start.
 * @throws {ChainError} DRY_RUN_UNSUPPORTED. What viem throws when a call reverts.
 */
export async function simulateCalls(
  account: ChainAccount,
  of: {
    readonly calls: readonly TargetedCall[]
    readonly placed: readonly PlacedCode[]
    readonly base: SimulationBase
  },
): Promise<SimulatedAnswer> {
  const { calls, placed, base } = of
  const { time, ...start } = base
  // A block each, as they would be mined: in one block its gas limit would bound them all together.
  const blocks = calls.map((call, at) => ({
    calls: [{ ...call, account: account.address }],
    stateOverrides: at === 0 ? [...placed] : [],
    // A second each: nodes would take twelve, and a trade of many approvals be past its deadline before its turn.
    blockOverrides: { time: time + BigInt(at + 1) },
  }))
  const results = await account.public
    .simulateBlocks({ ...start, blocks })
    .catch((error: unknown) => {
      throw isUnknownMethod(error) ? unsupported(error) : error
    })
  for (const {
    calls: [call],
  } of results)
    if (call?.status === 'failure') throw failureOf(call)
  const last = results.at(-1)
  const answer = last?.calls[0]
  if (answer === undefined || results.length !== calls.length) throw unsupported()
  const { data, gasUsed, logs = [] } = answer
  return { data, gasUsed, logs: logs as SimulatedAnswer['logs'], blockNumber: last?.number ?? 0n }
}

// Without data viem calls it an answer that cannot be decoded, which it is not.
function failureOf({ data, error }: { readonly data: Hex; readonly error: Error }): Error {
  if (data !== '0x') return error
  return new ChainError('the chain refused the call (execution reverted)', {
    code: 'CHAIN_REVERTED',
    cause: error,
  })
}

function isUnknownMethod(error: unknown): boolean {
  const types = [MethodNotFoundRpcError, MethodNotSupportedRpcError]
  return (
    error instanceof BaseError &&
    error.walk((at) => types.some((type) => at instanceof type)) !== null
  )
}

function unsupported(cause?: unknown): ChainError {
  return new ChainError('this node cannot try transactions without sending them', {
    code: 'DRY_RUN_UNSUPPORTED',
    hint: 'A dry run needs a node that serves eth_simulateV1, as present versions of geth and anvil do.',
    cause,
  })
}
