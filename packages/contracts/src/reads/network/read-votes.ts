import { type Address, zeroAddress } from 'viem'
import { ask } from '../../ask.ts'
import { networkTokenAbi } from '../../generated/network/network-token.ts'
import type { ChainReader } from '../../types.ts'

/** Tokens and votes of an account, in wei. */
export type Votes = {
  readonly balance: bigint
  /** What it can vote with: tokens whose owners handed it their votes. */
  readonly votes: bigint
  /** Who has the votes of its tokens; undefined: nobody. */
  readonly heldBy: Address | undefined
}

/**
 * @param args - `at`: votes of then (Unix seconds, in the past) instead of those of now.
 * @throws {ChainError} RPC_FAILED.
 */
export async function readVotes(
  reader: ChainReader,
  args: { readonly token: Address; readonly account: Address; readonly at?: bigint },
): Promise<Votes> {
  const { token, account, at } = args
  const contract = { address: token, abi: networkTokenAbi } as const
  const call = { ...contract, args: [account] } as const
  const [balance, votes, delegate] = await ask(
    Promise.all([
      reader.public.readContract({ ...call, functionName: 'balanceOf' }),
      at === undefined
        ? reader.public.readContract({ ...call, functionName: 'getVotes' })
        : reader.public.readContract({
            ...contract,
            functionName: 'getPastVotes',
            args: [account, at],
          }),
      reader.public.readContract({ ...call, functionName: 'delegates' }),
    ]),
  )
  return { balance, votes, heldBy: delegate === zeroAddress ? undefined : delegate }
}
