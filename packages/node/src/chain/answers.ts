import type { ChainReader } from '@fednode/contracts'

/** Whether the chain answers now. */
export async function answers({ public: chain }: ChainReader): Promise<boolean> {
  return (await chain.getBlockNumber({ cacheTime: 0 })) >= 0n
}
