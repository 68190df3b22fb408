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

/** @throws {ChainError} RPC_FAILED. */
export async function readVotes(
  reader: ChainReader,
  { token, account }: { readonly token: Address; readonly account: Address },
): Promise<Votes> {
  const call = { address: token, abi: networkTokenAbi, args: [account] } as const
  const [balance, votes, delegate] = await ask(
    Promise.all([
      reader.public.readContract({ ...call, functionName: 'balanceOf' }),
      reader.public.readContract({ ...call, functionName: 'getVotes' }),
      reader.public.readContract({ ...call, functionName: 'delegates' }),
    ]),
  )
  return { balance, votes, heldBy: delegate === zeroAddress ? undefined : delegate }
}
