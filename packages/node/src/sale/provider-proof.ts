import { type ChainAccount, type Provider, signProvider } from '@fednode/contracts'

/** How long an owner's word on a node lasts, and how much of that is left at least when it is given to a buyer, in seconds. */
const WORD_SECONDS = 604_800
const LEAST_SECONDS = 302_400
const MS = 1_000

/** That the listing's owner stands behind a node. */
export type ProviderProof = Pick<Provider, 'until'> & {
  /** Lower case; see signProvider. */
  readonly signature: `0x${string}`
}

/**
 * Signs, for a listing's owner, that its node answers for it, and signs again when half of the time is over: whoever has stolen the node's
 * key has the owner's word for a week at most.
 * @param now - Unix ms.
 * @returns what the wallet refuses, it rejects with.
 */
export function createProviderProof(
  account: ChainAccount,
  provider: Omit<Provider, 'until'> & { readonly market: `0x${string}` },
  now: () => number,
): () => Promise<ProviderProof> {
  let last: Promise<ProviderProof> | undefined
  let lastUntil = 0
  return () => {
    const seconds = Math.floor(now() / MS)
    if (last !== undefined && lastUntil >= seconds + LEAST_SECONDS) return last
    const until = seconds + WORD_SECONDS
    const made = signProvider(account, { ...provider, until }).then((signature) => ({
      until,
      signature: signature.toLowerCase() as `0x${string}`,
    }))
    last = made
    lastUntil = until
    // A signer that was away is asked again.
    made.catch(() => {
      if (last === made) last = undefined
    })
    return made
  }
}
