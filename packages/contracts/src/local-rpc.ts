import { UserError } from '@fednode/protocol'
import { ask } from './ask.ts'
import { LOCAL_CHAIN_ID } from './dev-accounts.ts'
import type { ChainReader } from './types.ts'

/**
 * Refuses what only a test may do to a chain.
 * @throws {UserError} NOT_A_LOCAL_CHAIN (usage) on any chain but 31337.
 */
export function assertLocalChain(reader: ChainReader, what: string): void {
  if (reader.chainId === LOCAL_CHAIN_ID) return
  throw new UserError(
    'usage',
    `${what} is for the local chain ${LOCAL_CHAIN_ID}, not for chain ${reader.chainId}`,
    { code: 'NOT_A_LOCAL_CHAIN' },
  )
}

/**
 * Calls one of anvil's own methods.
 * @throws {UserError} NOT_A_LOCAL_CHAIN (usage) on any chain but 31337, before anything is sent.
 */
export async function localRpc(
  reader: ChainReader,
  method: string,
  params: readonly unknown[],
): Promise<unknown> {
  assertLocalChain(reader, method)
  // viem types only the methods that every node has.
  const request = reader.public.request as (call: {
    method: string
    params: readonly unknown[]
  }) => Promise<unknown>
  return ask(request({ method, params }))
}
