import { type ChainAccount, readChainTime } from '@fednode/contracts'

/** Unix seconds until which a trade that is sent now may be mined (T57). @throws {ChainError} RPC_FAILED. */
export async function deadlineAfter(account: ChainAccount, seconds: number): Promise<bigint> {
  return (await readChainTime(account)) + BigInt(seconds)
}
