import type { Address } from 'viem'
import { ask } from '../../ask.ts'
import { allianceAbi } from '../../generated/network/alliance.ts'
import type { ChainReader } from '../../types.ts'

/**
 * What an account earned in an alliance and did not claim, and what it put in, in wei.
 * @throws {ChainError} RPC_FAILED.
 */
export async function readAllianceMoney(
  reader: ChainReader,
  args: { readonly alliance: Address; readonly id: bigint; readonly account: Address },
): Promise<{ readonly earned: bigint; readonly funded: bigint }> {
  const { alliance, id, account } = args
  const call = { address: alliance, abi: allianceAbi, args: [id, account] } as const
  const [earned, funded] = await ask(
    Promise.all([
      reader.public.readContract({ ...call, functionName: 'earnedOf' }),
      reader.public.readContract({ ...call, functionName: 'fundedOf' }),
    ]),
  )
  return { earned, funded }
}
