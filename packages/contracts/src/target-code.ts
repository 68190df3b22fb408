import type { Address, Hex } from 'viem'
import { ask } from './ask.ts'
import { ChainError } from './chain-error.ts'
import type { ChainReader, TransactionCall } from './types.ts'

/** Whether there is a contract at an address. @throws {ChainError} RPC_FAILED. */
export async function hasCode(reader: ChainReader, address: Address): Promise<boolean> {
  const code = await ask(reader.public.getCode({ address }))
  return code !== undefined && code !== '0x'
}

/**
 * Refuses a call that nobody would answer: where no contract is, every call succeeds and does nothing.
 * @param answer - what the simulated call returned; with an answer there is no need to look.
 * @throws {ChainError} NO_CONTRACT.
 */
export async function checkAnswered(
  reader: ChainReader,
  { to }: TransactionCall,
  answer: Hex | undefined,
): Promise<void> {
  if (to === undefined || (answer !== undefined && answer !== '0x')) return
  if (!(await hasCode(reader, to))) throw noContract(reader, to)
}

/** Says that there is nothing at an address. */
export function noContract({ chainId }: ChainReader, address: Address): ChainError {
  return new ChainError(`there is no contract at ${address} on chain ${chainId}`, {
    code: 'NO_CONTRACT',
    hint: 'Check the address and the chain: a contract exists on one chain only.',
  })
}
