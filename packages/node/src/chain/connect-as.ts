import { type ChainAccount, connectAccount } from '@fednode/contracts'
import type { Identity } from '../identity/identity.ts'

/** Connects with the account of a data directory. @throws {UserError} as connectAccount. */
export function connectAs(
  identity: Identity,
  { rpc, chainId }: { readonly rpc: string; readonly chainId: number | undefined },
): Promise<ChainAccount> {
  return connectAccount({
    rpcUrl: rpc,
    privateKey: identity.exportPrivateKey(),
    ...(chainId === undefined ? {} : { chainId }),
  })
}
