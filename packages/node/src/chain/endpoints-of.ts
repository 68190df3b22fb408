import type { ConnectOptions } from '@fednode/contracts'

/** Which nodes of which chain the options name. */
export function endpointsOf(args: {
  readonly rpc: string
  readonly chainId: number | undefined
  readonly compareRpc?: string | undefined
}): ConnectOptions {
  const { rpc: rpcUrl, chainId, compareRpc } = args
  return {
    rpcUrl,
    ...(chainId === undefined ? {} : { chainId }),
    ...(compareRpc === undefined ? {} : { compareUrl: compareRpc }),
  }
}
