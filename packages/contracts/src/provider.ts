import { type Address, type Hex, hashTypedData } from 'viem'
import { strictSigner } from './strict-signer.ts'
import type { ChainAccount } from './types.ts'
import type { VoucherPlace } from './voucher.ts'

/** A node that answers for a listing, as the listing's owner says. No contract reads it. */
export type Provider = {
  readonly listing: bigint
  /** Peer id of the node. */
  readonly peer: string
  /** Unix seconds, from when on it is nobody's word any more. */
  readonly until: number
}

const TYPES = {
  Provider: [
    { name: 'listing', type: 'uint256' },
    { name: 'peer', type: 'string' },
    { name: 'until', type: 'uint40' },
  ],
} as const

/** Signs that a node answers for a listing of a market (EIP-712); sends nothing. The account is the listing's owner. */
export function signProvider(
  account: ChainAccount,
  { market, ...provider }: Provider & { readonly market: Address },
): Promise<Hex> {
  const place = { chainId: account.chainId, market }
  return account.wallet.signTypedData(typedData(place, provider))
}

/** Who said so; undefined where the signature is nobody's. Accounts that are contracts (ERC-1271) are not known. */
export function providerSigner(
  place: VoucherPlace,
  provider: Provider,
  signature: Hex,
): Promise<Address | undefined> {
  return strictSigner(hashTypedData(typedData(place, provider)), signature)
}

function typedData({ chainId, market }: VoucherPlace, message: Provider) {
  return {
    domain: { name: 'fednode ModelMarket', version: '1', chainId, verifyingContract: market },
    types: TYPES,
    primaryType: 'Provider',
    message,
  } as const
}
