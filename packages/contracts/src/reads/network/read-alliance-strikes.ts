import type { Address } from 'viem'
import { ask } from '../../ask.ts'
import { allianceAbi } from '../../generated/network/alliance.ts'
import type { ChainReader } from '../../types.ts'

/** Of an account's strikes: those as a proposer come first. */
const ROLE_BITS = 8

/**
 * An account's strikes in an alliance, as a proposer and as a voter; each halves what it weighs in draws, votes and pay.
 * @throws {ChainError} RPC_FAILED.
 */
export async function readAllianceStrikes(
  reader: ChainReader,
  args: { readonly alliance: Address; readonly id: bigint; readonly account: Address },
): Promise<{ readonly work: number; readonly votes: number }> {
  const { alliance, id, account } = args
  const strikes = await ask(
    reader.public.readContract({
      address: alliance,
      abi: allianceAbi,
      functionName: 'strikesOf',
      args: [id, account],
    }),
  )
  const votes = strikes >> ROLE_BITS
  return { work: strikes - (votes << ROLE_BITS), votes }
}
