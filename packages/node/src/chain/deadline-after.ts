import { ask, type ChainAccount, LOCAL_CHAIN_ID } from '@fednode/contracts'

/** Unix seconds until which a trade that is sent now may be mined (T57). @throws {ChainError} RPC_FAILED. */
export async function deadlineAfter(account: ChainAccount, seconds: number): Promise<bigint> {
  // The local chain mines only when something is sent, so its latest block may be older than any deadline; the pending one is of now.
  const blockTag = account.chainId === LOCAL_CHAIN_ID ? 'pending' : 'latest'
  const { timestamp } = await ask(account.public.getBlock({ blockTag }))
  return timestamp + BigInt(seconds)
}
